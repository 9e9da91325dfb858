// SPDX-License-Identifier: MIT
// The independent judge of the border: writes border_depths.csv and border_lines.csv from the
// countries' outlines with GeographicLib and code of its own, slowly. It shares nothing with lib/.
//
//   make_border_depths DATA_FOLDER OUTPUT_FOLDER
//
// Distances: GeodesicExact (elliptic integrals; PROJ has the series). An edge is left out only where
// the triangle inequality forbids that it holds the minimum; along the others the distance is
// sampled, and every dip narrowed by golden section on the distance and by bisection on the azimuth.
// Sides: by the direction in which the nearest point of a country's outline is seen, not by counting
// crossings; a crossing count in the lon/lat plane is made as a check of that where it can be.
#include "judge_outlines.hpp"

// ---------------------------------------------------------------- nearest point

struct Probe { // the distance from a point along one edge
    double lat, lon, length;
    GeodesicLineExact line;
    Probe(double la, double lo, const Country &c, const Edge &e)
        : lat(la), lon(lo), length(e.length),
          line(geod.InverseLine(c.vertices[e.a].lat, c.vertices[e.a].lon, c.vertices[e.b].lat,
                                c.vertices[e.b].lon))
    {
    }
    double value(double s, double *slope = nullptr) const
    {
        double la, lo, along, d, there, back;
        line.Position(s, la, lo, along);
        geod.Inverse(la, lo, lat, lon, d, there, back);
        // The distance grows along the edge where the point lies behind.
        if (slope) *slope = -std::cos((there - along) * radians);
        return d;
    }
};

// The least of a dip between two samples, found twice: by values and by directions.
static double narrow(const Probe &p, double lo, double hi)
{
    const double g = (std::sqrt(5.0) - 1) / 2;
    double a = lo, b = hi, c = b - g * (b - a), d = a + g * (b - a);
    double fc = p.value(c), fd = p.value(d), slope, golden, mid;
    while (b - a > 1e-7) {
        if (fc < fd) {
            b = d, d = c, fd = fc, c = b - g * (b - a), fc = p.value(c);
        } else {
            a = c, c = d, fc = fd, d = a + g * (b - a), fd = p.value(d);
        }
    }
    golden = (a + b) / 2;
    for (int i = 0; i < 60; i++) {
        mid = (lo + hi) / 2;
        p.value(mid, &slope);
        (slope > 0 ? hi : lo) = mid;
    }
    // Values are flat at the bottom, so that directions tell the place far better; but where the
    // point lies on the edge they tell nothing.
    return p.value(mid) <= p.value(golden) + 2e-8 ? mid : golden;
}

static void nearest_on_edge(double lat, double lon, const Country &c, int edge, double far,
                            std::vector<Foot> &feet)
{
    const Edge &e = c.edges[edge];
    const Probe p(lat, lon, c, e);
    const int n = far > 1.8e7 ? 64 : 8;
    std::vector<double> f(n + 1), s(n + 1);
    for (int i = 0; i <= n; i++) {
        s[i] = i < n ? e.length * i / n : e.length;
        f[i] = p.value(s[i]);
    }
    for (int i = 0; i <= n; i++) {
        if ((i > 0 && f[i - 1] < f[i]) || (i < n && f[i + 1] < f[i])) continue;
        double at = narrow(p, s[std::max(i - 1, 0)], s[std::min(i + 1, n)]);
        for (double end : { 0.0, e.length })
            if (p.value(end) <= p.value(at) + 1e-9 && std::fabs(at - end) < 1e-3) at = end;
        Foot foot = { 0, 0, 0, 0, edge, at };
        double back;
        // An end is the vertex itself, to the last digit.
        if (at == 0 || at == e.length) {
            foot.lat = c.vertices[at == 0 ? e.a : e.b].lat;
            foot.lon = c.vertices[at == 0 ? e.a : e.b].lon;
        } else {
            p.line.Position(at, foot.lat, foot.lon);
        }
        geod.Inverse(lat, lon, foot.lat, foot.lon, foot.distance, foot.azimuth, back);
        feet.push_back(foot);
    }
}

// Every local minimum of an edge that may hold the minimum, within `margin` of it; the best first.
static std::vector<Foot> nearest(double lat, double lon, const Country &c, double margin)
{
    std::vector<double> least(c.vertices.size());
    std::vector<std::pair<double, int>> order;
    std::vector<Foot> feet, kept;
    double u[3], bound;
    size_t first = std::find(c.used.begin(), c.used.end(), 1) - c.used.begin();

    // No path on the surface is shorter than on the polar radius's ball within, by the angle at the
    // centre: the nearest-point map onto a convex body stretches nothing.
    unit_vector(lat, lon, u);
    for (size_t i = 0; i < least.size(); i++) {
        const double *v = c.vertices[i].u;
        const double half = std::sqrt((u[0] - v[0]) * (u[0] - v[0]) + (u[1] - v[1]) * (u[1] - v[1]) +
                                      (u[2] - v[2]) * (u[2] - v[2])) / 2;
        least[i] = 2 * polar_radius * std::asin(std::min(half, 1.0)) - 1e-3;
        if (c.used[i] && least[i] < least[first]) first = i;
    }
    bound = distance(lat, lon, c.vertices[first].lat, c.vertices[first].lon);
    for (size_t i = 0; i < c.edges.size(); i++) {
        const Edge &e = c.edges[i];
        const double low = (least[e.a] + least[e.b] - e.length) / 2;
        if (low <= bound + margin) order.push_back(std::make_pair(low, int(i)));
    }
    std::sort(order.begin(), order.end());
    for (const auto &o : order) {
        const Edge &e = c.edges[o.second];
        if (o.first > bound + margin) break;
        const double d1 = distance(lat, lon, c.vertices[e.a].lat, c.vertices[e.a].lon);
        const double d2 = distance(lat, lon, c.vertices[e.b].lat, c.vertices[e.b].lon);
        bound = std::min(bound, std::min(d1, d2));
        if ((d1 + d2 - e.length) / 2 > bound + margin + 1e-6) continue;
        nearest_on_edge(lat, lon, c, o.second, d1, feet);
        for (const Foot &f : feet) bound = std::min(bound, f.distance);
    }
    for (const Foot &f : feet)
        if (f.distance <= bound + margin + 1e-7) kept.push_back(f);
    std::sort(kept.begin(), kept.end(),
              [](const Foot &a, const Foot &b) { return a.distance < b.distance; });
    return kept;
}

// ---------------------------------------------------------------- sides

// Crossings of the parallel east of the point by edges straight in lon/lat.
static bool is_inside_plane(double lat, double lon, const Country &c)
{
    bool in = false;
    for (const auto &ring : c.rings)
        for (size_t i = 0; i < ring.size(); i++) {
            const Vertex &a = c.vertices[ring[i]], &b = c.vertices[ring[(i + 1) % ring.size()]];
            if ((a.lat > lat) == (b.lat > lat)) continue;
            if (a.lon + (lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon) > lon) in = !in;
        }
    return in;
}

// ---------------------------------------------------------------- points

struct Point {
    std::string why;
    double lat, lon;
};

static std::vector<Point> points;
static uint64_t state = 20230522;

static double uniform(double low, double high) // splitmix64: the same everywhere
{
    uint64_t z = (state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    z ^= z >> 31;
    return low + (high - low) * (double(z >> 11) / 9007199254740992.0);
}

static size_t pick(size_t n)
{
    return std::min(size_t(uniform(0, double(n))), n - 1);
}

static void add(const std::string &why, double lat, double lon)
{
    // As the table will say it: a tenth of a micrometre.
    char text[64];
    Point p = { why, 0, 0 };
    std::snprintf(text, sizeof text, "%.12f", lat);
    p.lat = std::strtod(text, nullptr);
    std::snprintf(text, sizeof text, "%.12f", lon);
    p.lon = std::strtod(text, nullptr);
    points.push_back(p);
}

static void add_off(const std::string &why, double lat, double lon, double azimuth, double d)
{
    double la, lo;
    geod.Direct(lat, lon, azimuth, d, la, lo);
    add(why, la, lo);
}

static std::vector<std::vector<std::string>> read_csv(const std::string &path)
{
    const std::string s = slurp(path);
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> row(1);
    bool quoted = false;
    for (size_t i = 0; i < s.size(); i++) {
        if (quoted && s[i] == '"' && i + 1 < s.size() && s[i + 1] == '"')
            row.back() += s[i++];
        else if (s[i] == '"')
            quoted = !quoted;
        else if (!quoted && s[i] == ',')
            row.push_back("");
        else if (!quoted && s[i] == '\n') {
            rows.push_back(row);
            row.assign(1, "");
        } else if (s[i] != '\r')
            row.back() += s[i];
    }
    return rows;
}

static void add_table(const std::string &path, const std::string &why)
{
    const auto rows = read_csv(path);
    const auto &head = rows.at(0);
    const size_t lat = std::find(head.begin(), head.end(), "lat_deg") - head.begin();
    const size_t lon = std::find(head.begin(), head.end(), "lon_deg") - head.begin();
    if (lat == head.size() || lon == head.size()) fail(path + " lacks lat_deg or lon_deg");
    for (size_t i = 1; i < rows.size(); i++)
        if (rows[i].size() == head.size() && !rows[i][lat].empty() && !rows[i][lon].empty())
            add(why + " " + rows[i][0], std::atof(rows[i][lat].c_str()),
                std::atof(rows[i][lon].c_str()));
}

static void middle(const Country &c, const Edge &e, double *lat, double *lon, double *azimuth)
{
    const Vertex &a = c.vertices[e.a], &b = c.vertices[e.b];
    geod.InverseLine(a.lat, a.lon, b.lat, b.lon).Position(e.length / 2, *lat, *lon, *azimuth);
}

static void add_border_points(const Country &c)
{
    static const struct {
        double metres;
        const char *text;
    } off[] = { { 0.001, "1 mm" }, { 0.01, "1 cm" },  { 0.1, "10 cm" }, { 1, "1 m" },
                { 10, "10 m" },    { 100, "100 m" }, { 1000, "1 km" }, { 10000, "10 km" } };
    double lat, lon, azimuth;

    for (int i = 0; i < 300; i++) {
        const Vertex &v = c.vertices[pick(c.vertices.size())];
        add("border vertex", v.lat, v.lon);
    }
    for (int i = 0; i < 300; i++) {
        middle(c, c.edges[pick(c.edges.size())], &lat, &lon, &azimuth);
        add("middle of a border edge", lat, lon);
    }
    for (const auto &o : off)
        for (int i = 0; i < 20; i++) {
            middle(c, c.edges[pick(c.edges.size())], &lat, &lon, &azimuth);
            add_off(std::string(o.text) + " right of an edge", lat, lon, azimuth + 90, o.metres);
            add_off(std::string(o.text) + " left of an edge", lat, lon, azimuth - 90, o.metres);
            const Vertex &v = c.vertices[pick(c.vertices.size())];
            add_off(std::string(o.text) + " off a vertex", v.lat, v.lon, uniform(0, 360), o.metres);
        }
}

static void add_gap_points(const Line &line, int gap)
{
    const std::string name = "gap " + std::to_string(gap) + " " + line.outline;
    double south = 90, north = -90, west = 180, east = -180, lat, lon, azimuth;
    for (size_t i = 0; i < line.vertices.size(); i++) {
        const Vertex &v = line.country->vertices[line.vertices[i]];
        south = std::min(south, v.lat), north = std::max(north, v.lat);
        west = std::min(west, v.lon), east = std::max(east, v.lon);
    }
    const Vertex &a = line.country->vertices[line.vertices.front()];
    const Vertex &b = line.country->vertices[line.vertices.back()];
    add(name + ": first end", a.lat, a.lon);
    add(name + ": last end", b.lat, b.lon);
    for (int i = 0; i < 6; i++) {
        const size_t k = pick(line.vertices.size() - 1);
        const Vertex &p = line.country->vertices[line.vertices[k]];
        const Vertex &q = line.country->vertices[line.vertices[k + 1]];
        const double s = distance(p.lat, p.lon, q.lat, q.lon);
        geod.InverseLine(p.lat, p.lon, q.lat, q.lon).Position(s * uniform(0, 1), lat, lon, azimuth);
        add(name + ": on an edge", lat, lon);
        add_off(name + ": 1 mm off an edge", lat, lon, azimuth + (i % 2 ? 90 : -90), 0.001);
        add_off(name + ": near an edge", lat, lon, azimuth + (i % 2 ? 90 : -90),
                std::pow(10, uniform(-2, 3)));
        add(name + ": vertex", p.lat, p.lon);
    }
    for (int i = 0; i < 18; i++)
        add(name + ": around", uniform(south - 0.005, north + 0.005),
            uniform(west - 0.008, east + 0.008));
}

// For the sides: edges far from the border, the longest ones (they bulge most toward the pole), and
// points exactly on the meridian or the parallel of a vertex, where a crossing count may slip.
static void add_outline_points(const Country &c, const char *code)
{
    const std::string name = code;
    std::vector<int> longest(c.edges.size());
    double lat, lon, azimuth;
    for (size_t i = 0; i < longest.size(); i++) longest[i] = int(i);
    std::sort(longest.begin(), longest.end(),
              [&c](int a, int b) { return c.edges[a].length > c.edges[b].length; });
    for (int i = 0; i < 60; i++) {
        const Edge &e = c.edges[i % 2 ? size_t(longest[i]) : pick(c.edges.size())];
        middle(c, e, &lat, &lon, &azimuth);
        const double d = std::pow(10, uniform(-3, 4));
        add_off(name + (i % 2 ? ": right of a long outline edge" : ": right of an outline edge"),
                lat, lon, azimuth + 90, d);
        add_off(name + (i % 2 ? ": left of a long outline edge" : ": left of an outline edge"), lat,
                lon, azimuth - 90, d);
        const Vertex &v = c.vertices[pick(c.vertices.size())];
        const double by = std::pow(10, uniform(-7, 0)) * (i % 2 ? 1 : -1);
        add(name + ": on the meridian of an outline vertex", std::min(v.lat - 5 * by, 90.0), v.lon);
        add(name + ": on the parallel of an outline vertex", v.lat, v.lon + by);
    }
}

static void add_named(void)
{
    static const Point named[] = {
        { "Kozinka as printed in 2023", 50.45, 35 + 35.0 / 60 },
        { "about 1 m from the Ukrainian outline in a gap", 47.81592, 38.80887 },
        { "far: Vladivostok", 43.1155, 131.8855 },
        { "far: Lisbon", 38.7223, -9.1393 },
        { "far: Sydney", -33.8688, 151.2093 },
        { "far: Buenos Aires", -34.6037, -58.3816 },
        { "far: Honolulu", 21.3069, -157.8583 },
        { "far: Cape Town", -33.9249, 18.4241 },
        { "far: Anchorage", 61.2181, -149.9003 },
        { "far: Quito", -0.1807, -78.4678 },
        { "far: Singapore", 1.3521, 103.8198 },
        { "far: null island", 0, 0 },
        { "far: equator at the antimeridian", 0, 180 },
        { "far: Kaliningrad", 54.7104, 20.4522 },
        { "far: Yuzhno-Sakhalinsk", 46.9591, 142.738 },
        { "north pole", 90, 0 },
        { "north pole: another longitude", 90, 123.456 },
        { "south pole", -90, 0 },
        { "south pole: another longitude", -90, -77 },
        { "1 m from the north pole", 89.99999, 35 },
        { "antipode of Belgorod", -50.5956, -143.4127 },
        { "antipode of Kozinka", -50.46, -144.4 },
        { "Chukotka east of the antimeridian", 66.0, -179.5 },
        { "Chukotka west of the antimeridian", 66.0, 179.5 },
        { "Chukotka: on the antimeridian", 66.5, 180 },
        { "Chukotka: on the antimeridian written -180", 66.5, -180 },
        { "Chukotka: 1 m east of the antimeridian", 67.0, -179.999977 },
        { "Chukotka: 1 m west of the antimeridian", 67.0, 179.999977 },
        { "Uelen", 66.159, -169.809 },
        { "Wrangel Island: on the antimeridian", 71.2, 180 },
        { "Wrangel Island: east half", 71.2, -179.2 },
        { "Wrangel Island: west half", 71.2, 179.3 },
        { "a longitude of more than a turn: Belgorod", 50.5956, 396.5873 },
        { "Moscow", 55.7558, 37.6173 },
        { "Kyiv", 50.4501, 30.5234 },
        { "Minsk: a third country", 53.9045, 27.5615 },
        { "Black Sea", 43.5, 33.0 },
        { "Simferopol", 44.9521, 34.1024 },
        { "Sevastopol", 44.5888, 33.5224 },
        { "Kerch", 45.3562, 36.4674 },
        { "Yevpatoria", 45.1982, 33.3586 },
        { "Dzhankoi", 45.7117, 34.3927 },
    };
    for (const Point &p : named) add(p.why, p.lat, p.lon);
    for (int i = 0; i < 40; i++) add("Crimea", uniform(45.0, 45.6), uniform(33.6, 35.0));
    for (int i = 0; i < 40; i++) add("around Crimea", uniform(44.3, 46.3), uniform(32.4, 36.7));
    for (int i = 0; i < 30; i++) add("Sea of Azov", uniform(45.6, 46.5), uniform(35.6, 37.5));
    for (int i = 0; i < 20; i++) add("Chukotka", uniform(62, 72), 180 + uniform(-4, 4) * 1.0);
    for (int i = 0; i < 30; i++)
        add("anywhere", std::asin(uniform(-1, 1)) / radians, uniform(-180, 180));
    for (int i = 0; i < 550; i++) add("random", uniform(44, 54), uniform(30, 41));
}

// ---------------------------------------------------------------- tables

static void check_outline(const Country &c, const char *name)
{
    size_t odd = 0, back = 0, longest = 0;
    const EdgeSet set = edge_set(c);
    for (const auto &at : c.at) odd += at.second.size() % 2;
    for (const auto &e : set) back += set.count(std::make_pair(e.second, e.first));
    for (size_t i = 0; i < c.edges.size(); i++)
        if (c.edges[i].length > c.edges[longest].length) longest = i;
    std::fprintf(stderr,
                 "%s: %zu rings, %zu vertices, %zu edges without the cuts, %zu odd vertices, %zu "
                 "edges there and back, longest %.0f m\n",
                 name, c.rings.size(), c.vertices.size(), c.edges.size(), odd, back,
                 c.edges[longest].length);
}

static void measure_separation(Border &border)
{
    for (size_t i = 0; i < border.lines.size(); i++) {
        Line &l = border.lines[i];
        if (!l.unmatched) continue;
        Border other;
        add_border_edges(other, border.lines[std::strcmp(l.outline, "inside") ? i - 1 : i + 1]);
        for (size_t k = 0; k + 1 < l.vertices.size(); k++) {
            const Vertex &a = l.country->vertices[l.vertices[k]];
            const Vertex &b = l.country->vertices[l.vertices[k + 1]];
            const double s = distance(a.lat, a.lon, b.lat, b.lon);
            const int n = 1 + int(s / 20);
            for (int j = 0; j <= n; j++) {
                double lat, lon;
                geod.InverseLine(a.lat, a.lon, b.lat, b.lon).Position(s * j / n, lat, lon);
                l.separation = std::max(l.separation, nearest(lat, lon, other.edges, 0)[0].distance);
            }
        }
    }
}

static void write_lines(const std::string &path, const Border &border)
{
    FILE *out = std::fopen(path.c_str(), "w");
    double start = 0, end = 0;
    if (!out) fail("cannot write " + path);
    std::fprintf(out, "unmatched,outline,vertices,start_m,length_m,separation_m,gap_straight_m,"
                      "first_lat,first_lon,last_lat,last_lon\n");
    for (const Line &l : border.lines) {
        const Vertex &a = l.country->vertices[l.vertices.front()];
        const Vertex &b = l.country->vertices[l.vertices.back()];
        // Both outlines of a gap begin where the line before ended; the border goes on from the end
        // of Russia's.
        if (std::strcmp(l.outline, "outside")) start = end, end = start + l.length;
        std::fprintf(out, "%d,%s,%zu,%.6f,%.6f,%.3f,%.3f,%.6f,%.6f,%.6f,%.6f\n", l.unmatched,
                     l.outline, l.vertices.size(), start, l.length, l.separation, l.gap_straight,
                     a.lat, a.lon, b.lat, b.lon);
    }
    std::fclose(out);
}

static void write_point(FILE *out, const Point &p, const Border &border, const Country &rus,
                        const Country &ukr)
{
    static const char *const sides[2][2] = { { "neither", "outside" }, { "inside", "both" } };
    // Within this of the best another point of the border may as well be called the nearest.
    const std::vector<Foot> feet = nearest(p.lat, p.lon, border.edges, 2e-4);
    const Foot &best = feet[0];
    const bool flag = border.edges.edges[best.edge].unmatched;
    bool unique = true, mixed = false;
    const Foot r = nearest(p.lat, p.lon, rus, 0)[0], u = nearest(p.lat, p.lon, ukr, 0)[0];
    const bool in_rus = is_inside(p.lat, p.lon, rus, r), in_ukr = is_inside(p.lat, p.lon, ukr, u);
    const double lon = std::remainder(p.lon, 360);

    for (const Foot &f : feet) {
        if (distance(f.lat, f.lon, best.lat, best.lon) > 5e-4) unique = false;
        if (border.edges.edges[f.edge].unmatched != flag) mixed = true;
    }
    if (r.distance > 500 && u.distance > 500 && std::fabs(std::fabs(lon) - 180) > 1e-9 &&
        (is_inside_plane(p.lat, lon, rus) != in_rus || is_inside_plane(p.lat, lon, ukr) != in_ukr))
        std::fprintf(stderr, "the two ways to tell the side differ: %s %.9f %.9f\n", p.why.c_str(),
                     p.lat, p.lon);
    std::fprintf(out, "%s,%.12f,%.12f,%.6f,%.10f,%.10f,%.9f,%d,%s,%s,%.6f,%.6f\n", p.why.c_str(),
                 p.lat, p.lon, best.distance, best.lat, best.lon, turn(best.azimuth), unique,
                 mixed ? "?" : flag ? "1" : "0", sides[in_rus][in_ukr], r.distance, u.distance);
}

int main(int argc, char **argv)
{
    if (argc != 3) fail("usage: make_border_depths DATA_FOLDER OUTPUT_FOLDER");
    const std::string data = argv[1], output = argv[2];
    std::map<std::string, Country> countries = read_countries(data + "/countries/countries");
    const Country &rus = countries.at("RUS"), &ukr = countries.at("UKR");
    Border border = make_border(rus, ukr);
    size_t matched = 0;
    double length = 0;
    int gap = 0;

    check_outline(rus, "RUS");
    check_outline(ukr, "UKR");
    measure_separation(border);
    write_lines(output + "/border_lines.csv", border);
    for (const Line &l : border.lines)
        if (!l.unmatched) matched += l.vertices.size() - 1, length += l.length;
    std::fprintf(stderr, "%zu matched edges, %.3f km\n", matched, length / 1000);

    add_named();
    add_table(data + "/places.csv", "place");
    add_table(data + "/border_posts.csv", "border post");
    add_border_points(border.edges);
    for (const Line &l : border.lines)
        if (l.unmatched) add_gap_points(l, 1 + gap++ / 2);

    add_outline_points(rus, "RUS");
    add_outline_points(ukr, "UKR");

    FILE *out = std::fopen((output + "/border_depths.csv").c_str(), "w");
    if (!out) fail("cannot write border_depths.csv");
    std::fprintf(out, "why,lat,lon,distance_m,foot_lat,foot_lon,azimuth_deg,unique,unmatched,side,"
                      "inside_outline_m,outside_outline_m\n");
    for (const Point &p : points) write_point(out, p, border, rus, ukr);
    if (std::fclose(out) != 0) fail("border_depths.csv is not whole");
    return 0;
}

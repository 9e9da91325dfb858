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
#include <GeographicLib/GeodesicExact.hpp>
#include <GeographicLib/GeodesicLineExact.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

using GeographicLib::GeodesicExact;
using GeographicLib::GeodesicLineExact;

static const GeodesicExact &geod = GeodesicExact::WGS84();
static const double radians = 0.017453292519943295769;
static const double polar_radius = 6356752.3142;

static void fail(const std::string &why)
{
    std::fprintf(stderr, "make_border_depths: %s\n", why.c_str());
    std::exit(1);
}

// ---------------------------------------------------------------- outlines

typedef std::pair<int64_t, int64_t> Key; // millionths of a degree: lat, lon; 180 is -180

struct Vertex {
    double lat, lon;
    double u[3]; // geocentric unit vector
    Key key;
};

struct Edge {
    int a, b; // vertices
    double length;
    bool unmatched; // of the border
};

struct Country {
    std::vector<std::vector<int>> rings; // indices of vertices, first not repeated
    std::vector<Vertex> vertices;
    std::vector<Edge> edges; // without the cuts along the antimeridian
    std::vector<char> used;  // vertices that some edge has
    std::map<Key, std::vector<std::pair<int, int>>> at; // vertex -> (edge, 0 leaves / 1 arrives)
};

static void unit_vector(double lat, double lon, double u[3])
{
    // Geocentric latitude of a point of the ellipsoid.
    const double f = 1 / 298.257223563;
    const double s = std::sin(lat * radians) * (1 - f) * (1 - f), c = std::cos(lat * radians);
    const double r = std::hypot(s, c);
    u[0] = c / r * std::cos(lon * radians);
    u[1] = c / r * std::sin(lon * radians);
    u[2] = s / r;
}

static double distance(double lat1, double lon1, double lat2, double lon2)
{
    double s;
    geod.Inverse(lat1, lon1, lat2, lon2, s);
    return s;
}

static std::string slurp(const std::string &path)
{
    std::ifstream in(path.c_str(), std::ios::binary);
    if (!in) fail("cannot open " + path);
    return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

static int32_t int_at(const std::string &s, size_t at, bool big)
{
    uint32_t v = 0;
    for (int i = 0; i < 4; i++) v |= uint32_t(uint8_t(s.at(at + i))) << (big ? 24 - 8 * i : 8 * i);
    return int32_t(v);
}

static double double_at(const std::string &s, size_t at)
{
    uint64_t v = 0;
    double d;
    for (int i = 0; i < 8; i++) v |= uint64_t(uint8_t(s.at(at + i))) << (8 * i);
    std::memcpy(&d, &v, 8);
    return d;
}

static void add_ring(Country &country, const std::string &shp, size_t at, int n)
{
    std::vector<int> ring;
    for (int i = 0; i + 1 < n; i++) { // the last repeats the first
        Vertex v;
        v.lon = double_at(shp, at + 16 * size_t(i));
        v.lat = double_at(shp, at + 16 * size_t(i) + 8);
        v.key = Key(std::llround(v.lat * 1e6), std::llround(v.lon * 1e6));
        if (std::fabs(v.lat - v.key.first * 1e-6) > 1e-9) fail("a vertex is off the grid");
        if (v.key.second == 180000000) v.key.second = -180000000;
        unit_vector(v.lat, v.lon, v.u);
        ring.push_back(int(country.vertices.size()));
        country.vertices.push_back(v);
    }
    country.rings.push_back(ring);
}

static void mark_used(Country &c)
{
    c.used.assign(c.vertices.size(), 0);
    for (const Edge &e : c.edges) c.used[e.a] = c.used[e.b] = 1;
}

static void add_edges(Country &c)
{
    for (const auto &ring : c.rings)
        for (size_t i = 0; i < ring.size(); i++) {
            const int a = ring[i], b = ring[(i + 1) % ring.size()];
            const Vertex &p = c.vertices[a], &q = c.vertices[b];
            if (p.key == q.key) fail("an edge of no length");
            if (std::fabs(p.lon) == 180 && std::fabs(q.lon) == 180) continue;
            c.at[p.key].push_back(std::make_pair(int(c.edges.size()), 0));
            c.at[q.key].push_back(std::make_pair(int(c.edges.size()), 1));
            c.edges.push_back(Edge{ a, b, distance(p.lat, p.lon, q.lat, q.lon), false });
        }
    mark_used(c);
}

// Field A3 is the only one of the .dbf, as data/countries/rebuild makes it; its width is read.
static std::map<std::string, Country> read_countries(const std::string &base)
{
    const std::string shp = slurp(base + ".shp"), dbf = slurp(base + ".dbf");
    const int header = uint8_t(dbf.at(8)) | uint8_t(dbf.at(9)) << 8;
    const int width = uint8_t(dbf.at(10)) | uint8_t(dbf.at(11)) << 8;
    std::map<std::string, Country> countries;
    int row = 0;

    if (dbf.compare(32, 3, "A3", 3) != 0) fail("the first field is not A3");
    for (size_t at = 100; at < shp.size(); row++) {
        const size_t content = at + 8;
        const std::string code = dbf.substr(size_t(header) + size_t(row) * size_t(width) + 1, 3);
        const int parts = int_at(shp, content + 36, false);
        const int points = int_at(shp, content + 40, false);
        const size_t first = content + 44 + 4 * size_t(parts);
        if (int_at(shp, content, false) != 5) fail("a shape is no polygon");
        for (int p = 0; p < parts; p++) {
            const int from = int_at(shp, content + 44 + 4 * size_t(p), false);
            const int to = p + 1 < parts ? int_at(shp, content + 48 + 4 * size_t(p), false) : points;
            add_ring(countries[code], shp, first + 16 * size_t(from), to - from);
        }
        at += 8 + 2 * size_t(int_at(shp, at + 4, true));
    }
    for (auto &c : countries) add_edges(c.second);
    return countries;
}

// ---------------------------------------------------------------- the border

struct Line {
    bool unmatched;
    const char *outline;         // "inside", "outside" or ""
    const Country *country;      // whose vertices
    std::vector<int> vertices;   // as Russia's outline runs
    double length, separation;   // the farthest any sample of it lies from the other outline
    double gap_straight;
};

struct Border {
    Country edges; // only vertices and edges are used
    std::vector<Line> lines;
};

static double length_of(const Line &line)
{
    double sum = 0;
    for (size_t i = 0; i + 1 < line.vertices.size(); i++) {
        const Vertex &a = line.country->vertices[line.vertices[i]];
        const Vertex &b = line.country->vertices[line.vertices[i + 1]];
        sum += distance(a.lat, a.lon, b.lat, b.lon);
    }
    return sum;
}

typedef std::set<std::pair<Key, Key>> EdgeSet;

static EdgeSet edge_set(const Country &c)
{
    EdgeSet set;
    for (const Edge &e : c.edges)
        if (!set.insert(std::make_pair(c.vertices[e.a].key, c.vertices[e.b].key)).second)
            fail("an outline has one edge twice");
    return set;
}

static std::vector<Line> matched_lines(const Country &rus, const EdgeSet &ukr)
{
    std::vector<Line> lines;
    for (const auto &ring : rus.rings) {
        const size_t n = ring.size();
        std::vector<char> is(n);
        size_t start = n;
        for (size_t i = 0; i < n; i++) {
            const Key a = rus.vertices[ring[i]].key, b = rus.vertices[ring[(i + 1) % n]].key;
            is[i] = ukr.count(std::make_pair(b, a)) > 0;
        }
        for (size_t i = 0; i < n && start == n; i++)
            if (!is[i]) start = i;
        if (start == n) fail("a ring is border all around");
        for (size_t k = 0; k < n; k++) {
            const size_t i = (start + k) % n;
            if (!is[i]) continue;
            if (!is[(i + n - 1) % n]) lines.push_back(Line{ false, "", &rus, { ring[i] }, 0, 0, 0 });
            lines.back().vertices.push_back(ring[(i + 1) % n]);
        }
    }
    return lines;
}

// The way along a country's ring from one vertex to another, forward or backward.
static std::vector<int> path(const Country &c, Key from, Key to, int step)
{
    std::vector<int> shortest;
    for (const auto &ring : c.rings) {
        const int n = int(ring.size());
        for (int i = 0; i < n; i++) {
            if (c.vertices[ring[i]].key != from) continue;
            std::vector<int> way(1, ring[i]);
            for (int k = 1; k < n && c.vertices[way.back()].key != to; k++)
                way.push_back(ring[((i + step * k) % n + n) % n]);
            if (c.vertices[way.back()].key != to) continue;
            if (shortest.empty() || way.size() < shortest.size()) shortest = way;
        }
    }
    return shortest;
}

static bool touches(const Country &c, const std::vector<int> &way, const std::set<Key> &matched)
{
    for (size_t i = 1; i + 1 < way.size(); i++)
        if (matched.count(c.vertices[way[i]].key)) return true;
    return false;
}

static void add_border_edges(Border &border, const Line &line)
{
    for (size_t i = 0; i < line.vertices.size(); i++) {
        border.edges.vertices.push_back(line.country->vertices[line.vertices[i]]);
        if (i == 0) continue;
        const int b = int(border.edges.vertices.size()) - 1;
        const Vertex &p = border.edges.vertices[b - 1], &q = border.edges.vertices[b];
        border.edges.edges.push_back(
            Edge{ b - 1, b, distance(p.lat, p.lon, q.lat, q.lon), line.unmatched });
    }
    mark_used(border.edges);
}

static Border make_border(const Country &rus, const Country &ukr)
{
    std::vector<Line> matched = matched_lines(rus, edge_set(ukr));
    std::set<Key> ends;
    Border border;
    size_t first = 0;
    const size_t n = matched.size();

    for (const Line &l : matched)
        for (int v : l.vertices) ends.insert(rus.vertices[v].key);
    // gaps[i]: between line i and the next one around the ring.
    std::vector<std::vector<Line>> gaps(n);
    for (size_t i = 0; i < n; i++) {
        const Vertex &e = rus.vertices[matched[i].vertices.back()];
        const Vertex &s = rus.vertices[matched[(i + 1) % n].vertices.front()];
        const double straight = distance(e.lat, e.lon, s.lat, s.lon);
        const std::vector<int> r = path(rus, e.key, s.key, 1), u = path(ukr, e.key, s.key, -1);
        if (straight > 10000 || r.empty() || u.empty() || touches(rus, r, ends) ||
            touches(ukr, u, ends)) {
            first = i + 1;
            std::fprintf(stderr, "no gap after line of %zu vertices: %.0f m straight\n",
                         matched[i].vertices.size(), straight);
            continue;
        }
        gaps[i].push_back(Line{ true, "inside", &rus, r, 0, 0, straight });
        gaps[i].push_back(Line{ true, "outside", &ukr, u, 0, 0, straight });
    }
    for (size_t k = 0; k < n; k++) {
        border.lines.push_back(matched[(first + k) % n]);
        if (k + 1 == n) break;
        for (const Line &l : gaps[(first + k) % n]) border.lines.push_back(l);
    }
    for (Line &l : border.lines) {
        l.length = length_of(l);
        add_border_edges(border, l);
    }
    return border;
}

// ---------------------------------------------------------------- nearest point

struct Foot {
    double distance, lat, lon, azimuth; // azimuth: from the point
    int edge;
    double s; // along the edge
};

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

static double turn(double degrees)
{
    degrees = std::fmod(degrees, 360);
    return degrees < 0 ? degrees + 360 : degrees;
}

// Azimuth of an edge at one of its ends, away from it.
static double ray(const Country &c, const Edge &e, bool at_b)
{
    const Vertex &a = c.vertices[at_b ? e.b : e.a], &b = c.vertices[at_b ? e.a : e.b];
    double there, onward;
    geod.Inverse(a.lat, a.lon, b.lat, b.lon, there, onward);
    return there;
}

// Whether the point lies in the country, from its nearest outline point: the way there crosses no
// outline, so the point lies in the sector of the plane at the foot in which it is seen. A
// shapefile's rings have the inside on their right.
static bool is_inside(double lat, double lon, const Country &c, const Foot &foot)
{
    const Edge &e = c.edges[foot.edge];
    double d, toward, back;
    geod.Inverse(foot.lat, foot.lon, lat, lon, d, toward, back);
    if (foot.s > 0 && foot.s < e.length) {
        double la, lo, along;
        const Vertex &a = c.vertices[e.a], &b = c.vertices[e.b];
        geod.InverseLine(a.lat, a.lon, b.lat, b.lon).Position(foot.s, la, lo, along);
        return std::sin((toward - along) * radians) > 0;
    }
    // The first ray clockwise from the direction of the point.
    const Key key = c.vertices[foot.s > 0 ? e.b : e.a].key;
    double best = 1e9;
    bool inside = false;
    for (const auto &at : c.at.at(key)) {
        const double by = turn(ray(c, c.edges[at.first], at.second) - toward);
        if (by >= best) continue;
        best = by;
        // The point is on the left of the ray: outside if it leaves, inside if it arrives.
        inside = at.second == 1;
    }
    return inside;
}

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

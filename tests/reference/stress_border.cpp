// SPDX-License-Identifier: MIT
// The judge of depths by the million: reads what dump_depths wrote and finds each answer anew, on its
// own way, from the countries' outlines and GeographicLib's elliptic integrals. Nothing of lib/.
//
//   stress_border DATA_FOLDER B1|B2 ANSWERS [BRUTE]
//
// Which edges may hold the minimum: a tree of balls on the ellipsoid. A ball's centre is a vertex, its
// radius the farthest that an edge in it reaches; the distance to an edge is never less than that to
// the centre minus the radius. Only here is the series taken (good to 15 nm; a millimetre is allowed),
// and to tell which of the edges left are within a millimetre of the best. Those are measured by
// GeodesicExact. For the first BRUTE points (default 3) every edge of the border is sampled to see that
// none was wrongly left out.
// Side: how often the meridian south of the point crosses the outline, by azimuths at the edges' starts;
// for B2 also from the direction in which the foot is seen, which must agree.
//
// Exit status: 0 all goals met, 1 one missed, 3 no such file.
#include "judge_outlines.hpp"

#include <GeographicLib/Geodesic.hpp>
#include <GeographicLib/GeodesicLine.hpp>

using GeographicLib::Geodesic;
using GeographicLib::GeodesicLine;

static const Geodesic &series = Geodesic::WGS84();

// ---------------------------------------------------------------- one edge

struct Span { // an edge, ready to be measured
    double lat1, lon1, lat2, lon2, u1[3], length, azimuth;
};

struct Sight { // a point of an edge, seen from the point asked about
    double s, lat, lon, distance, slope, bend;
};

template <class Solver, class Path>
static Sight look(const Solver &g, const Path &path, const Span &e, double s, double lat, double lon)
{
    Sight at = { s, e.lat1, e.lon1, 0, 0, 0 };
    double along = e.azimuth, there, away, m12, M12, M21;
    path.Position(s, at.lat, at.lon, along);
    if (s == 0) at.lat = e.lat1, at.lon = e.lon1;
    if (s == e.length) at.lat = e.lat2, at.lon = e.lon2;
    g.Inverse(lat, lon, at.lat, at.lon, at.distance, there, away, m12, M12, M21);
    if (at.distance > 0) {
        const double angle = (away - along) * radians;
        at.slope = std::cos(angle);
        at.bend = m12 > 0 ? std::sin(angle) * std::sin(angle) * M21 / m12 : 0;
    }
    return at;
}

// The minimum between two sights, the first of which looks down the edge and the second up. Newton on
// half the squared distance, kept between them; to a nanometre or what the noise lets it.
template <class Solver, class Path>
static Sight bottom(const Solver &g, const Path &path, const Span &e, Sight low, Sight high,
                    double lat, double lon)
{
    Sight now = low.distance < high.distance ? low : high, best = now;
    for (int i = 0; i < 80 && high.s - low.s > 1e-9; i++) {
        const double stiff = now.slope * now.slope + now.distance * now.bend;
        double next = stiff > 0 ? now.s - now.slope * now.distance / stiff : now.s;
        if (stiff > 0 && std::fabs(next - now.s) < 1e-9) break;
        if (!(next > low.s && next < high.s)) next = (low.s + high.s) / 2;
        now = look(g, path, e, next, lat, lon);
        if (now.distance == 0) return now;
        (now.slope < 0 ? low : high) = now;
        best = now;
    }
    return best;
}

// Every local minimum. Within a quarter of the earth the distance from a point to a geodesic is convex
// along it; beyond, the edge is cut into pieces, and near the antipode into many.
template <class Solver, class Path>
static void minima(const Solver &g, const Path &path, const Span &e, double lat, double lon,
                   std::vector<Sight> &out)
{
    const Sight first = look(g, path, e, 0.0, lat, lon), last = look(g, path, e, e.length, lat, lon);
    const int pieces = last.distance > 1.8e7 ? 64 : last.distance > 8e6 || e.length > 2e5 ? 8 : 1;
    Sight low = first;
    if (first.slope >= 0 || first.distance == 0) out.push_back(first);
    for (int i = 1; i <= pieces; i++) {
        const Sight high = i == pieces ? last : look(g, path, e, e.length * i / pieces, lat, lon);
        if (low.slope < 0 && high.slope > 0) out.push_back(bottom(g, path, e, low, high, lat, lon));
        low = high;
    }
    if (last.slope <= 0 || last.distance == 0) out.push_back(last);
}

// ---------------------------------------------------------------- the tree of balls

// At the centre of the earth.
static double angle(const double u[3], const double v[3])
{
    const double x = u[0] - v[0], y = u[1] - v[1], z = u[2] - v[2];
    return 2 * std::asin(std::min(std::sqrt(x * x + y * y + z * z) / 2, 1.0));
}

// The plane through the centre and two points cuts the ellipsoid in an arc of radius r <= a, with
// |dr/r| <= e^2/2 an angle: at most a sqrt(1 + e^4/4) long for each unit of the angle.
static const double at_most = 6378137.0 * 1.000006;

struct Ball {
    int first, last; // edges [first, last)
    int left, right; // balls; -1: none
    int centre;      // edge whose start is the centre
    double radius;
};

struct Best { // what a search leaves
    double distance;
    std::vector<std::pair<double, int>> edges; // by the series
};

struct Tree {
    std::vector<Span> spans;
    std::vector<Ball> balls;
    static const int leaf = 6;

    void add(const Vertex &a, const Vertex &b)
    {
        Span e = { a.lat, a.lon, b.lat, b.lon, { a.u[0], a.u[1], a.u[2] }, 0, 0 };
        double back;
        geod.Inverse(a.lat, a.lon, b.lat, b.lon, e.length, e.azimuth, back);
        spans.push_back(e);
    }
    int build(int first, int last)
    {
        const int number = int(balls.size()), middle = (first + last) / 2;
        balls.push_back(Ball{ first, last, -1, -1, middle, 0 });
        double radius = 0;
        for (int i = first; i < last; i++) {
            const double d = at_most * angle(spans[middle].u1, spans[i].u1);
            radius = std::max(radius, d + spans[i].length); // no point of it is farther than all of it
        }
        balls[number].radius = radius + 1e-3;
        if (last - first > leaf) {
            const int left = build(first, middle), right = build(middle, last);
            balls[number].left = left, balls[number].right = right;
        }
        return number;
    }
    // Within the ball of the polar radius every way is shorter than on the ellipsoid around it.
    double surely(const double u[3], const Span &c) const { return polar_radius * angle(u, c.u1) - 1e-3; }
    void visit_leaf(const Ball &ball, double lat, double lon, const double u[3], double margin,
                    Best &best) const
    {
        std::vector<Sight> found;
        for (int i = ball.first; i < ball.last; i++) {
            const Span &e = spans[i];
            if (surely(u, e) - e.length > best.distance + margin) continue;
            found.clear();
            minima(series,
                   series.Line(e.lat1, e.lon1, e.azimuth, Geodesic::LATITUDE | Geodesic::LONGITUDE |
                                                              Geodesic::AZIMUTH | Geodesic::DISTANCE_IN),
                   e, lat, lon, found);
            double least = INFINITY;
            for (const Sight &s : found) least = std::min(least, s.distance);
            if (least > best.distance + margin) continue;
            best.distance = std::min(best.distance, least);
            best.edges.push_back(std::make_pair(least, i));
        }
    }
    void search(int number, double away, double lat, double lon, const double u[3], double margin,
                Best &best) const
    {
        const Ball &ball = balls[number];
        double d[2] = { 0, 0 };
        int next[2] = { ball.left, ball.right };
        if (away - ball.radius > best.distance + margin) return;
        if (ball.left < 0) return visit_leaf(ball, lat, lon, u, margin, best);
        for (int i = 0; i < 2; i++) {
            const Ball &b = balls[next[i]];
            const Span &c = spans[b.centre];
            if (surely(u, c) - b.radius > best.distance + margin)
                d[i] = INFINITY;
            else
                series.Inverse(lat, lon, c.lat1, c.lon1, d[i]);
            if (d[i] + 1e-3 < best.distance) best.distance = d[i] + 1e-3;
        }
        const int nearer = d[1] - balls[next[1]].radius < d[0] - balls[next[0]].radius;
        search(next[nearer], d[nearer], lat, lon, u, margin, best);
        search(next[!nearer], d[!nearer], lat, lon, u, margin, best);
    }
    // Edges within `margin` of the nearest, none farther than `most`.
    Best nearest(double lat, double lon, double margin, double most = INFINITY) const
    {
        double u[3];
        Best best = { most, {} };
        unit_vector(lat, lon, u);
        search(0, 0, lat, lon, u, margin, best);
        std::vector<std::pair<double, int>> kept;
        for (const auto &e : best.edges)
            if (e.first <= best.distance + margin) kept.push_back(e);
        best.edges.swap(kept);
        return best;
    }
};

// ---------------------------------------------------------------- sides

// Edges by the strips of longitude that they touch.
struct Strips {
    const Country &country;
    std::vector<std::vector<int>> strips;
    static const int per_degree = 64;
    static size_t strip(double lon)
    {
        return size_t(std::min(std::max((lon + 180) * per_degree, 0.0), 360.0 * per_degree - 1));
    }
    explicit Strips(const Country &c) : country(c), strips(360 * per_degree)
    {
        for (size_t i = 0; i < c.edges.size(); i++) {
            const double a = c.vertices[c.edges[i].a].lon, b = c.vertices[c.edges[i].b].lon;
            if (std::fabs(a - b) > 180) fail("an edge runs over the antimeridian");
            for (size_t k = strip(std::min(a, b)); k <= strip(std::max(a, b)); k++)
                strips[k].push_back(int(i));
        }
    }
    // Whether an edge that the point's meridian crosses does so south of the point.
    static bool is_south(const Vertex &a, const Vertex &b, double lat, double lon)
    {
        const double width = (a.lon - b.lon) * radians;
        const double bulge = width * width / 8 / radians; // twice what a great circle can rise
        double to_b, to_point, back;
        if (lat > std::max(a.lat, b.lat) + bulge) return true;
        if (lat < std::min(a.lat, b.lat) - bulge) return false;
        geod.Inverse(a.lat, a.lon, b.lat, b.lon, to_b, back);
        geod.Inverse(a.lat, a.lon, lat, lon, to_point, back);
        const bool left = std::sin((to_point - to_b) * radians) < 0;
        return left == (b.lon > a.lon);
    }
    bool contain(double lat, double lon) const
    {
        bool in = false;
        for (int i : strips[strip(lon)]) {
            const Vertex &a = country.vertices[country.edges[i].a];
            const Vertex &b = country.vertices[country.edges[i].b];
            if ((a.lon > lon) != (b.lon > lon) && is_south(a, b, lat, lon)) in = !in;
        }
        return in;
    }
};

// ---------------------------------------------------------------- the borders

struct Judged {
    Country ring_edges; // of B2: all its rings
    Tree tree;          // the border's edges
    std::vector<double> chainage;
    std::vector<int> line;
    std::vector<char> unmatched;
};

static void add_line(Judged &j, const Country &c, const std::vector<int> &vertices, int line,
                     double start, bool unmatched)
{
    for (size_t i = 0; i + 1 < vertices.size(); i++) {
        j.tree.add(c.vertices[vertices[i]], c.vertices[vertices[i + 1]]);
        j.chainage.push_back(start);
        j.line.push_back(line);
        j.unmatched.push_back(unmatched);
        start += j.tree.spans.back().length;
    }
}

static void make_b1(Judged &j, const Country &rus, const Country &ukr)
{
    const Border border = make_border(rus, ukr);
    double start = 0, end = 0;
    for (size_t i = 0; i < border.lines.size(); i++) {
        const Line &l = border.lines[i];
        if (std::strcmp(l.outline, "outside")) start = end, end = start + l.length;
        add_line(j, *l.country, l.vertices, int(i), start, l.unmatched);
    }
}

// The ring with the most vertices, and those whose first vertex lies in it.
static void make_b2(Judged &j, const Country &rus)
{
    size_t biggest = 0;
    int line = 0;
    double start = 0;
    Country outer;
    for (size_t i = 0; i < rus.rings.size(); i++)
        if (rus.rings[i].size() > rus.rings[biggest].size()) biggest = i;
    outer.vertices = rus.vertices;
    outer.rings.push_back(rus.rings[biggest]);
    add_edges(outer);
    const Strips in(outer);
    j.ring_edges.vertices = rus.vertices;
    for (size_t i = 0; i < rus.rings.size(); i++) {
        std::vector<int> ring = rus.rings[i];
        const Vertex &v = rus.vertices[ring[0]];
        if (i != biggest && !in.contain(v.lat, v.lon)) continue;
        j.ring_edges.rings.push_back(ring);
        ring.push_back(ring[0]);
        add_line(j, rus, ring, line++, start, false);
        start = j.chainage.back() + j.tree.spans.back().length;
    }
    add_edges(j.ring_edges); // the cuts along the antimeridian are no outline, but part of the border
}

static void make_outline_tree(Tree &tree, const Country &c)
{
    for (const Edge &e : c.edges) tree.add(c.vertices[e.a], c.vertices[e.b]);
    tree.build(0, int(tree.spans.size()));
}

// ---------------------------------------------------------------- judging

struct Row { // as dump_depths writes it
    double lat, lon, depth, band, foot_lat, foot_lon, azimuth, along, line, side, certain, unmatched;
};

struct Figure { // the largest of a kind of error
    const char *what, *unit;
    double scale, goal; // goal in unit; negative: none is set
    long count;
    double most, lat, lon;
    void take(double error, const Row &r)
    {
        count++;
        // A NaN is the largest error there is.
        if (error <= most) return;
        most = std::isnan(error) ? INFINITY : error, lat = r.lat, lon = r.lon;
    }
    bool missed() const { return goal >= 0 && most * scale > goal; }
};

struct Figures {
    Figure near, far, own_near, own_far, foot, foot_far, foot_tie, azimuth, along, line, unmatched, side, certain,
        sign, series;
};

static Figures new_figures()
{
    const Figures f = {
        { "distance, to 1,000 km", "mm", 1e3, 0.01, 0, 0, 0, 0 },
        { "distance, beyond", "mm", 1e3, 0.1, 0, 0, 0, 0 },
        { "wrong edge: given foot too far, to 1,000 km", "mm", 1e3, 0.01, 0, 0, 0, 0 },
        { "wrong edge, beyond", "mm", 1e3, 0.1, 0, 0, 0, 0 },
        { "foot where unique, to 1,000 km", "mm", 1e3, 0.1, 0, 0, 0, 0 },
        { "foot where unique, beyond", "mm", 1e3, -1, 0, 0, 0, 0 },
        { "foot in a tie, from the nearest of the feet", "mm", 1e3, -1, 0, 0, 0, 0 },
        { "azimuth, unique, beyond 1 m", "deg", 1, 1e-6, 0, 0, 0, 0 },
        { "along, unique, beyond 1 m", "mm", 1e3, 1, 0, 0, 0, 0 },
        { "line wrong, unique", "0/1", 1, 0, 0, 0, 0, 0 },
        { "unmatched wrong, unique", "0/1", 1, 0, 0, 0, 0, 0 },
        { "side wrong", "0/1", 1, 0, 0, 0, 0, 0 },
        { "certainty of side wrong", "0/1", 1, 0, 0, 0, 0, 0 },
        { "sign wrong", "0/1", 1, 0, 0, 0, 0, 0 },
        { "the judge's own series against its integrals", "mm", 1e3, 1e-3, 0, 0, 0, 0 },
    };
    return f;
}

struct Spot { // an exact local minimum
    Sight at;
    int edge;
};

// All minima of the border within `margin` of the least, by the elliptic integrals; the least first.
static std::vector<Spot> spots(const Tree &tree, const Row &r, double margin, Figure &series_error)
{
    const Best best = tree.nearest(r.lat, r.lon, margin + 1e-3);
    std::vector<Spot> all, kept;
    std::vector<Sight> found;
    for (const auto &candidate : best.edges) {
        const Span &e = tree.spans[candidate.second];
        double least = INFINITY;
        found.clear();
        minima(geod, geod.Line(e.lat1, e.lon1, e.azimuth), e, r.lat, r.lon, found);
        for (const Sight &s : found) {
            all.push_back(Spot{ s, candidate.second });
            least = std::min(least, s.distance);
        }
        series_error.take(std::fabs(least - candidate.first), r);
    }
    std::sort(all.begin(), all.end(),
              [](const Spot &a, const Spot &b) { return a.at.distance < b.at.distance; });
    for (const Spot &s : all)
        if (s.at.distance <= all[0].at.distance + margin) kept.push_back(s);
    return kept;
}

static double azimuth_error(const Row &r, const Spot &s)
{
    double d, there, back;
    geod.Inverse(r.lat, r.lon, s.at.lat, s.at.lon, d, there, back);
    return std::fabs(std::remainder(there - r.azimuth, 360));
}

static bool is_unique(const std::vector<Spot> &s)
{
    for (const Spot &other : s)
        if (distance(other.at.lat, other.at.lon, s[0].at.lat, s[0].at.lon) > 1e-4) return false;
    return true;
}

static void judge_unique(const Judged &j, const Row &r, const std::vector<Spot> &s, Figures &f)
{
    double along = INFINITY;
    bool line = false, unmatched = false;
    for (const Spot &o : s) { // edges that meet in the foot are all as good
        along = std::min(along, std::fabs(j.chainage[o.edge] + o.at.s - r.along));
        line |= j.line[o.edge] == r.line;
        unmatched |= j.unmatched[o.edge] == r.unmatched;
    }
    f.line.take(!line, r);
    f.unmatched.take(!unmatched, r);
    if (s[0].at.distance <= 1) return;
    f.azimuth.take(azimuth_error(r, s[0]), r);
    f.along.take(along, r);
}

static double judge_distance(const Judged &j, const Row &r, Figures &f, Foot *foot)
{
    const bool far = std::fabs(r.depth) > 1e6;
    // Two feet whose distances differ by less than the goals allow may both be called the nearest.
    const std::vector<Spot> s = spots(j.tree, r, far ? 2e-4 : 2e-5, f.series);
    const Sight &best = s[0].at;
    const double own = distance(r.lat, r.lon, r.foot_lat, r.foot_lon);

    (far ? f.far : f.near).take(std::fabs(std::fabs(r.depth) - best.distance), r);
    (far ? f.own_far : f.own_near).take(std::fabs(own - best.distance), r);
    if (is_unique(s)) {
        (far ? f.foot_far : f.foot).take(distance(r.foot_lat, r.foot_lon, best.lat, best.lon), r);
        judge_unique(j, r, s, f);
    } else {
        double off = INFINITY;
        for (const Spot &o : s) off = std::min(off, distance(r.foot_lat, r.foot_lon, o.at.lat, o.at.lon));
        f.foot_tie.take(off, r);
    }
    *foot = Foot{ best.distance, best.lat, best.lon, 0, s[0].edge, best.s };
    return best.distance;
}

struct Sides { // what tells sides: B1 has two outlines, B2 one
    std::vector<Strips> strips;
    std::vector<Tree> trees;
};

static double outline_distance(const Sides &sides, const Row &r, double most)
{
    double least = INFINITY;
    for (const Tree &t : sides.trees) {
        const Best b = t.nearest(r.lat, r.lon, 0, std::min(least, most));
        if (!b.edges.empty()) least = b.distance;
    }
    return least;
}

static void judge_side(const Sides &sides, const Row &r, double d, Figures &f)
{
    static const int side_of[2][2] = { { 4, 2 }, { 1, 3 } }; // incmap_side, [inside][outside]
    const bool in = sides.strips[0].contain(r.lat, r.lon);
    const bool out = sides.strips.size() > 1 && sides.strips[1].contain(r.lat, r.lon);
    const bool right = r.side == side_of[in][out];

    // On a line itself, within a tenth of a millimetre, either side is right.
    if (right || outline_distance(sides, r, 1.0) > 1e-4) f.side.take(!right, r);
    f.sign.take(r.side == 2 ? r.depth > 0 : r.depth < 0, r);
    const double outline = outline_distance(sides, r, r.band + 1);
    const bool certain = d > r.band && outline > r.band;
    if (std::fabs(d - r.band) > 1e-4 && std::fabs(outline - r.band) > 1e-4)
        f.certain.take(certain != (r.certain != 0), r);
}

// The two ways to tell a side; the foot of B2 is that of its outline.
static bool agrees(const Judged &j, const Sides &sides, const Row &r, const Foot &foot)
{
    const Span &e = j.tree.spans[foot.edge];
    if (foot.distance < 1e-4 || (std::fabs(e.lon1) == 180 && std::fabs(e.lon2) == 180)) return true;
    if (foot.s == 0 || foot.s == e.length) return true; // judge_outlines wants its own numbering there
    double d, toward, back, la, lo, along;
    geod.Inverse(foot.lat, foot.lon, r.lat, r.lon, d, toward, back);
    geod.Line(e.lat1, e.lon1, e.azimuth).Position(foot.s, la, lo, along);
    return (std::sin((toward - along) * radians) > 0) == sides.strips[0].contain(r.lat, r.lon);
}

// No point of any edge may be nearer than the minimum that was found.
static void sample_every_edge(const Judged &j, const Row &r, double d)
{
    for (const Span &e : j.tree.spans) {
        const GeodesicLineExact path = geod.Line(e.lat1, e.lon1, e.azimuth);
        for (int i = 0; i <= 8; i++) {
            double la, lo;
            path.Position(e.length * i / 8, la, lo);
            if (distance(r.lat, r.lon, la, lo) < d - 1e-7) fail("the judge left out the nearest edge");
        }
    }
}

static int print(const Figures &figures, size_t n)
{
    const Figure *f = &figures.near;
    int missed = 0;
    std::printf("%zu points\n%-48s %9s %12s %10s  worst at\n", n, "error", "points", "largest", "goal");
    for (; f <= &figures.series; f++) {
        char goal[32] = "-";
        if (f->goal >= 0) std::snprintf(goal, sizeof goal, "%g", f->goal);
        std::printf("%-48s %9ld %12.3g %10s %-4s %s", f->what, f->count, f->most * f->scale, goal, f->unit,
                    f->missed() ? "MISSED" : "      ");
        if (f->most > 0) std::printf(" %.12f,%.12f", f->lat, f->lon);
        std::putchar('\n');
        missed += f->missed();
    }
    return missed;
}

static std::vector<Row> read_rows(const char *path)
{
    const std::string bytes = slurp(path);
    std::vector<Row> rows(bytes.size() / sizeof(Row));
    if (rows.empty() || rows.size() * sizeof(Row) != bytes.size()) fail("no whole rows in " + std::string(path));
    std::memcpy(rows.data(), bytes.data(), bytes.size());
    return rows;
}

int main(int argc, char **argv)
{
    if (argc < 4) fail("usage: stress_border DATA_FOLDER B1|B2 ANSWERS [BRUTE]");
    const size_t brute = argc > 4 ? std::strtoul(argv[4], nullptr, 10) : 3;
    std::map<std::string, Country> countries = read_countries(std::string(argv[1]) + "/countries/countries");
    const Country &rus = countries.at("RUS"), &ukr = countries.at("UKR");
    const bool b2 = std::strcmp(argv[2], "B2") == 0;
    const std::vector<Row> rows = read_rows(argv[3]);
    Figures figures = new_figures();
    Judged j;
    Sides sides;

    if (b2)
        make_b2(j, rus);
    else
        make_b1(j, rus, ukr);
    j.tree.build(0, int(j.tree.spans.size()));
    std::vector<const Country *> outlines(1, b2 ? &j.ring_edges : &rus);
    if (!b2) outlines.push_back(&ukr);
    sides.trees.resize(outlines.size());
    for (size_t i = 0; i < outlines.size(); i++) {
        sides.strips.push_back(Strips(*outlines[i]));
        make_outline_tree(sides.trees[i], *outlines[i]);
    }
    std::printf("%s: %zu edges\n", argv[2], j.tree.spans.size());
    for (size_t i = 0; i < rows.size(); i++) {
        Foot foot;
        const double d = judge_distance(j, rows[i], figures, &foot);
        judge_side(sides, rows[i], d, figures);
        if (b2 && !agrees(j, sides, rows[i], foot)) fail("the judge's two ways to tell a side differ");
        if (i < brute) sample_every_edge(j, rows[i], d);
    }
    return print(figures, rows.size()) ? 1 : 0;
}

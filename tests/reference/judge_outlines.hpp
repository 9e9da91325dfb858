// SPDX-License-Identifier: MIT
// What the judges of the border share: reading the countries' outlines, putting the border together,
// and telling a side from the nearest point. GeographicLib's and its own code; nothing of lib/.
#ifndef INCMAP_TESTS_JUDGE_OUTLINES_HPP
#define INCMAP_TESTS_JUDGE_OUTLINES_HPP

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

inline void fail(const std::string &why)
{
    std::fprintf(stderr, "%s\n", why.c_str());
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

inline void unit_vector(double lat, double lon, double u[3])
{
    // Geocentric latitude of a point of the ellipsoid.
    const double f = 1 / 298.257223563;
    const double s = std::sin(lat * radians) * (1 - f) * (1 - f), c = std::cos(lat * radians);
    const double r = std::hypot(s, c);
    u[0] = c / r * std::cos(lon * radians);
    u[1] = c / r * std::sin(lon * radians);
    u[2] = s / r;
}

inline double distance(double lat1, double lon1, double lat2, double lon2)
{
    double s;
    geod.Inverse(lat1, lon1, lat2, lon2, s);
    return s;
}

inline std::string slurp(const std::string &path)
{
    std::ifstream in(path.c_str(), std::ios::binary);
    if (!in) fail("cannot open " + path);
    return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

inline int32_t int_at(const std::string &s, size_t at, bool big)
{
    uint32_t v = 0;
    for (int i = 0; i < 4; i++) v |= uint32_t(uint8_t(s.at(at + i))) << (big ? 24 - 8 * i : 8 * i);
    return int32_t(v);
}

inline double double_at(const std::string &s, size_t at)
{
    uint64_t v = 0;
    double d;
    for (int i = 0; i < 8; i++) v |= uint64_t(uint8_t(s.at(at + i))) << (8 * i);
    std::memcpy(&d, &v, 8);
    return d;
}

inline void add_ring(Country &country, const std::string &shp, size_t at, int n)
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

inline void mark_used(Country &c)
{
    c.used.assign(c.vertices.size(), 0);
    for (const Edge &e : c.edges) c.used[e.a] = c.used[e.b] = 1;
}

inline void add_edges(Country &c)
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
inline std::map<std::string, Country> read_countries(const std::string &base)
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

inline double length_of(const Line &line)
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

inline EdgeSet edge_set(const Country &c)
{
    EdgeSet set;
    for (const Edge &e : c.edges)
        if (!set.insert(std::make_pair(c.vertices[e.a].key, c.vertices[e.b].key)).second)
            fail("an outline has one edge twice");
    return set;
}

inline std::vector<Line> matched_lines(const Country &rus, const EdgeSet &ukr)
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
inline std::vector<int> path(const Country &c, Key from, Key to, int step)
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

inline bool touches(const Country &c, const std::vector<int> &way, const std::set<Key> &matched)
{
    for (size_t i = 1; i + 1 < way.size(); i++)
        if (matched.count(c.vertices[way[i]].key)) return true;
    return false;
}

inline void add_border_edges(Border &border, const Line &line)
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

inline Border make_border(const Country &rus, const Country &ukr)
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

// ---------------------------------------------------------------- the nearest point, and sides from it

struct Foot {
    double distance, lat, lon, azimuth; // azimuth: from the point
    int edge;
    double s; // along the edge
};

inline double turn(double degrees)
{
    degrees = std::fmod(degrees, 360);
    return degrees < 0 ? degrees + 360 : degrees;
}

// Azimuth of an edge at one of its ends, away from it.
inline double ray(const Country &c, const Edge &e, bool at_b)
{
    const Vertex &a = c.vertices[at_b ? e.b : e.a], &b = c.vertices[at_b ? e.a : e.b];
    double there, onward;
    geod.Inverse(a.lat, a.lon, b.lat, b.lon, there, onward);
    return there;
}

// Whether the point lies in the country, from its nearest outline point: the way there crosses no
// outline, so the point lies in the sector of the plane at the foot in which it is seen. A
// shapefile's rings have the inside on their right.
inline bool is_inside(double lat, double lon, const Country &c, const Foot &foot)
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

#endif

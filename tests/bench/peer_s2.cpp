// SPDX-License-Identifier: MIT
// S2's answer to the questions that border_peers wrote: the closest edge on a sphere of its radius, the same
// with PROJ's geodesic to the foot, and the side by the polygon of B2. peer_s2 FOLDER POINTS
#include <geodesic.h>
#include <s2/mutable_s2shape_index.h>
#include <s2/s2closest_edge_query.h>
#include <s2/s2contains_point_query.h>
#include <s2/s2earth.h>
#include <s2/s2latlng.h>
#include <s2/s2lax_polygon_shape.h>
#include <s2/s2lax_polyline_shape.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

typedef std::vector<S2Point> Line;

static std::vector<double> read(const std::string &path)
{
    std::vector<double> all;
    double buffer[4096];
    FILE *f = std::fopen(path.c_str(), "rb");
    if (!f) std::fprintf(stderr, "peer_s2: cannot open %s\n", path.c_str()), std::exit(3);
    for (size_t n; (n = std::fread(buffer, sizeof *buffer, 4096, f)) > 0;)
        all.insert(all.end(), buffer, buffer + n);
    std::fclose(f);
    return all;
}

static S2Point point_at(const double *lat_lon)
{
    return S2LatLng::FromDegrees(lat_lon[0], lat_lon[1]).Normalized().ToPoint();
}

static std::vector<Line> lines_of(const std::vector<double> &d)
{
    std::vector<Line> lines;
    size_t at = 1;
    for (int i = 0; i < int(d[0]); i++) {
        const size_t n = size_t(d[at++]);
        Line line;
        for (size_t k = 0; k < n; k++, at += 2) line.push_back(point_at(&d[at]));
        lines.push_back(line);
    }
    return lines;
}

// Rings come as a shapefile has them, the inside on their right; S2 has it on the left.
static std::vector<Line> loops_of(std::vector<Line> rings)
{
    for (Line &ring : rings) {
        ring.pop_back();
        std::reverse(ring.begin(), ring.end());
    }
    return rings;
}

template <class Question> static double time_ns(size_t n, Question question)
{
    const std::clock_t start = std::clock(); // of the processor, as in timing.h
    for (size_t i = 0; i < n; i++) question(i);
    return double(std::clock() - start) / CLOCKS_PER_SEC * 1e9 / double(n);
}

static void row(int b, int set, const char *who, const char *what, double ns, double side, double most)
{
    std::printf("B%d\tP%d\t%s\t%s\t%.6g\t%.6g\t%.6g\n", b + 1, set + 1, who, what, ns, side, most);
}

int main(int argc, char **argv)
{
    if (argc < 3) return 2;
    const std::string folder = argv[1];
    geod_geodesic wgs84;
    MutableS2ShapeIndex polygon;
    geod_init(&wgs84, 6378137, 1 / 298.257223563);
    polygon.Add(std::unique_ptr<S2Shape>(new S2LaxPolygonShape(loops_of(lines_of(read(folder + "/B2.lines"))))));
    auto contains = MakeS2ContainsPointQuery(&polygon);
    for (int b = 0; b < 2; b++) {
        MutableS2ShapeIndex index;
        for (const Line &line : lines_of(read(folder + (b ? "/B2.lines" : "/B1.lines"))))
            index.Add(std::unique_ptr<S2Shape>(new S2LaxPolylineShape(line)));
        S2ClosestEdgeQuery query(&index);
        for (int set = 0; set < 2; set++) {
            const std::vector<double> p = read(folder + (set ? "/P2.points" : "/P1.points"));
            const size_t n = std::min(p.size() / 5, size_t(std::atol(argv[2])));
            double sphere = 0, ellipsoid = 0;
            size_t wrong = 0;
            // The first question of an index builds it.
            S2ClosestEdgeQuery::PointTarget first(point_at(p.data()));
            query.FindClosestEdge(&first);
            contains.Contains(point_at(p.data()));
            const double side = time_ns(n, [&](size_t i) {
                wrong += contains.Contains(point_at(&p[5 * i])) != (p[5 * i + 4] != 0);
            });
            const double ns = time_ns(n, [&](size_t i) {
                S2ClosestEdgeQuery::PointTarget target(point_at(&p[5 * i]));
                const double d = S2Earth::ToMeters(query.FindClosestEdge(&target).distance());
                sphere = std::max(sphere, std::fabs(d - p[5 * i + 2 + size_t(b)]));
            });
            const double whole = time_ns(n, [&](size_t i) {
                const S2Point at = point_at(&p[5 * i]);
                S2ClosestEdgeQuery::PointTarget target(at);
                const S2LatLng foot(query.Project(at, query.FindClosestEdge(&target)));
                double d;
                geod_inverse(&wgs84, p[5 * i], p[5 * i + 1], foot.lat().degrees(), foot.lng().degrees(),
                             &d, nullptr, nullptr);
                ellipsoid = std::max(ellipsoid, std::fabs(d - p[5 * i + 2 + size_t(b)]));
            });
            row(b, set, "S2 closest edge", "distance on a sphere; side of one country", ns, side, sphere);
            row(b, set, "S2, and a geodesic at the end", "foot on a sphere, then geod_inverse", whole, side,
                ellipsoid);
            std::printf("# S2: %zu of %zu sides differ from incmap's\n", wrong, n);
        }
    }
    return 0;
}

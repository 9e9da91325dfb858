// SPDX-License-Identifier: MIT
// Boost.Geometry's answer to the questions that border_peers wrote: geographic r-tree over the border's
// segments, distance by its default for geographic coordinates, andoyer, and by vincenty; side by the
// polygon of B2. peer_boost FOLDER POINTS
#include <boost/geometry.hpp>
#include <boost/geometry/geometries/geometries.hpp>
#include <boost/geometry/index/rtree.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <iterator>
#include <string>
#include <vector>

namespace bg = boost::geometry;
typedef bg::model::point<double, 2, bg::cs::geographic<bg::degree>> Point;
typedef bg::model::segment<Point> Segment;
typedef bg::model::polygon<Point> Polygon;
typedef bg::index::rtree<Segment, bg::index::rstar<16>> Tree;

static std::vector<double> read(const std::string &path)
{
    std::vector<double> all;
    double buffer[4096];
    FILE *f = std::fopen(path.c_str(), "rb");
    if (!f) std::fprintf(stderr, "peer_boost: cannot open %s\n", path.c_str()), std::exit(3);
    for (size_t n; (n = std::fread(buffer, sizeof *buffer, 4096, f)) > 0;)
        all.insert(all.end(), buffer, buffer + n);
    std::fclose(f);
    return all;
}

static std::vector<std::vector<Point>> lines_of(const std::vector<double> &d)
{
    std::vector<std::vector<Point>> lines;
    size_t at = 1;
    for (int i = 0; i < int(d[0]); i++) {
        const size_t n = size_t(d[at++]);
        std::vector<Point> line;
        for (size_t k = 0; k < n; k++, at += 2) line.push_back(Point(d[at + 1], d[at]));
        lines.push_back(line);
    }
    return lines;
}

static Polygon polygon_of(const std::vector<std::vector<Point>> &rings)
{
    Polygon polygon;
    size_t longest = 0;
    for (size_t i = 1; i < rings.size(); i++)
        if (rings[i].size() > rings[longest].size()) longest = i;
    polygon.outer().assign(rings[longest].begin(), rings[longest].end());
    for (size_t i = 0; i < rings.size(); i++)
        if (i != longest)
            polygon.inners().push_back(Polygon::ring_type(rings[i].begin(), rings[i].end()));
    bg::correct(polygon);
    return polygon;
}

template <class Question> static double time_ns(size_t n, Question question)
{
    const std::clock_t start = std::clock(); // of the processor, as in timing.h
    for (size_t i = 0; i < n; i++) question(i);
    return double(std::clock() - start) / CLOCKS_PER_SEC * 1e9 / double(n);
}

int main(int argc, char **argv)
{
    if (argc < 3) return 2;
    const std::string folder = argv[1];
    const Polygon polygon = polygon_of(lines_of(read(folder + "/B2.lines")));
    // Vincenty for what is printed: the default, andoyer, is good to some metres only.
    const bg::strategy::distance::geographic_cross_track<bg::strategy::vincenty> exact;
    for (int b = 0; b < 2; b++) {
        std::vector<Segment> segments;
        for (const auto &line : lines_of(read(folder + (b ? "/B2.lines" : "/B1.lines"))))
            for (size_t i = 0; i + 1 < line.size(); i++)
                segments.push_back(Segment(line[i], line[i + 1]));
        const Tree tree(segments);
        for (int set = 0; set < 2; set++) {
            const std::vector<double> p = read(folder + (set ? "/P2.points" : "/P1.points"));
            const size_t n = std::min(p.size() / 5, size_t(std::atol(argv[2])));
            const size_t few = std::max(n / 20, size_t(1));
            double most = 0;
            const double ns = time_ns(n, [&](size_t i) {
                const Point at(p[5 * i + 1], p[5 * i]);
                std::vector<Segment> found;
                tree.query(bg::index::nearest(at, 1), std::back_inserter(found));
                most = std::max(most, std::fabs(bg::distance(at, found[0], exact) - p[5 * i + 2 + size_t(b)]));
            });
            size_t inside = 0;
            const double side = time_ns(few, [&](size_t i) {
                inside += bg::within(Point(p[5 * i + 1], p[5 * i]), polygon);
            });
            std::printf("B%d\tP%d\tBoost.Geometry, r-tree\tdistance only (vincenty at the end); side of one country\t%.6g\t%.6g\t%.6g\n",
                        b + 1, set + 1, ns, side, most);
            if (inside > few) return 1;
        }
    }
    return 0;
}

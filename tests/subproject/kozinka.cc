// SPDX-License-Identifier: MIT
// The program of kozinka.c as a user of C++11 writes it; test_install.py expects the same line.
#include <incmap/incmap.h>

#include <cstdio>
#include <memory>
#include <string>

namespace {

template <typename T> struct freed_by {
    void (*release)(T *);
    void operator()(T *object) const { release(object); }
};
template <typename T> using owned = std::unique_ptr<T, freed_by<T>>;

void keep_log(void *user, incmap_log_level, const char *text)
{
    *static_cast<std::string *>(user) += text;
}

} // namespace

int main()
{
    std::string log;
    incmap_ctx_options options = INCMAP_CTX_OPTIONS_INIT;
    incmap_find_options villages = INCMAP_FIND_OPTIONS_INIT;
    incmap_ctx *made = nullptr;
    incmap_gazetteer *places = nullptr;
    incmap_border *line = nullptr;
    incmap_match match;
    incmap_depth depth;
    std::size_t count = 0;

    options.log = keep_log;
    options.log_user = &log;
    villages.kinds = INCMAP_PLACE_BIT(INCMAP_PLACE_VILLAGE);
    if (incmap_ctx_new(&options, &made)) return 1;
    const owned<incmap_ctx> ctx(made, { incmap_ctx_free });
    if (incmap_gazetteer_builtin(made, &places)) return 1;
    const owned<incmap_gazetteer> gazetteer(places, { incmap_gazetteer_free });
    if (incmap_border_builtin(made, &line)) return 1;
    const owned<incmap_border> border(line, { incmap_border_free });

    if (incmap_gazetteer_find(made, places, "Козинка", &villages, &match, 1, &count) ||
        incmap_find_verdict(&match, count) != INCMAP_VERDICT_UNIQUE ||
        incmap_border_measure(made, line, match.place->at, match.place->coord_uncertainty_m,
                              &depth)) {
        std::fprintf(stderr, "%s\n", incmap_ctx_message(made));
        return 1;
    }
    std::printf("Kozinka: %.0f m %s, incmap %s\n", depth.depth_m, incmap_side_text(depth.side),
                incmap_version());
    return options.version == 1 && villages.version == 1 && log.empty() ? 0 : 1;
}

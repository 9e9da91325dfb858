# SPDX-License-Identifier: MIT
# Rows of a CSV file and the sums of its columns low, best and high, by a plain awk that knows of CSV no more
# than quotes and commas. A row whose first two fields are empty is one of HXL tags, and no event.
{
    line = line $0
    if (gsub(/"/, "&", line) % 2) { line = line "\n"; next }
    n = 0; field = ""; inside = 0; m = length(line)
    for (i = 1; i <= m + 1; i++) {
        c = substr(line, i, 1)
        if (c == "\"") inside = !inside
        else if (i > m || (c == "," && !inside)) { f[++n] = field; field = "" }
        else if (c != "\r") field = field c
    }
    line = ""
    if (!low) {
        for (i = 1; i <= n; i++) {
            if (f[i] == "low") low = i
            if (f[i] == "best") best = i
            if (f[i] == "high") high = i
        }
        next
    }
    if (f[1] == "" && f[2] == "") next
    rows++; l += f[low]; b += f[best]; h += f[high]
}
END { printf "%d %d %d %d\n", rows, l, b, h }

# SPDX-License-Identifier: MIT
"""Starts QGIS without a screen, or says that it is not here."""
import os
import sys

import expected

# Debian's modules belong to Debian's Python, whichever one came first on the path.
DEBIAN = "/usr/bin/python3"


def start():
    """The application; it must live as long as QGIS is used."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if not os.environ.get("XDG_RUNTIME_DIR"):
        os.environ["XDG_RUNTIME_DIR"] = "/tmp/incmap-runtime-%d" % os.getuid()
        os.makedirs(os.environ["XDG_RUNTIME_DIR"], mode=0o700, exist_ok=True)
    try:
        from qgis.core import QgsApplication
    except ImportError:
        if sys.executable != DEBIAN and os.path.exists(DEBIAN) and "INCMAP_AGAIN" not in os.environ:
            os.environ["INCMAP_AGAIN"] = "1"
            os.execv(DEBIAN, [DEBIAN] + sys.argv)
        expected.skip("QGIS's Python modules are not here (Debian: python3-qgis)")
    app = QgsApplication([], False)
    app.initQgis()
    return app


def leave(status):
    """QGIS without a screen may crash while Python takes it down; all is written by now."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)

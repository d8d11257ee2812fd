#!/bin/sh
# Prints a Python 3.11 or newer: the one named, or the first on the PATH.
works() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}
for python in ${1:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
    if works "$python"; then
        command -v "$python"
        exit 0
    fi
done
named=${1:-python3}
found=$("$named" --version 2>/dev/null || echo "not there")
cat >&2 <<END

Signpost needs Python 3.11 or newer; $named here is: $found.
Install one (on Debian and Ubuntu: sudo apt install python3 python3-venv), then run the
same command again. If it is not on the PATH: make PYTHON=/path/to/python3.12 up

END
exit 1

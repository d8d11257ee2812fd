#!/bin/sh
# Prints where Chromium is, after installing Debian's if there is none.
find_chromium() {
    for name in ${CHROMIUM:+"$CHROMIUM"} chromium chromium-browser google-chrome; do
        command -v "$name" && return 0
    done
    return 1
}
find_chromium && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "· Installing Chromium" >&2
    {
        apt-get update -qq &&
            DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium
    } >&2 && find_chromium && exit 0
fi
cat >&2 <<'END'

The browser tests need Chromium, and there is none here. Install it (on Debian and
Ubuntu: sudo apt install chromium), or name one: CHROMIUM=/path/to/chromium make browser

END
exit 1

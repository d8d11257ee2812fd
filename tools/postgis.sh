#!/bin/sh
# Prints the folder of the programs of a PostgreSQL that has PostGIS, after installing Debian's if
# there is none.
find_postgis() {
    for control in /usr/share/postgresql/*/extension/postgis.control; do
        version=$(basename "$(dirname "$(dirname "$control")")")
        programs=/usr/lib/postgresql/$version/bin
        if [ -x "$programs/postgres" ]; then
            echo "$programs"
            return 0
        fi
    done
    return 1
}
find_postgis && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    {
        apt-get update -qq &&
            DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
                postgresql postgresql-postgis
    } >&2 && find_postgis && exit 0
fi
echo "PostGIS is not installed; on Debian and Ubuntu: sudo apt install postgresql postgresql-postgis" >&2
exit 1

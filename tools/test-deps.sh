#!/bin/sh
# Installs what the browser tests need, where it is missing and may be installed.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
test -d /usr/share/fonts/opentype/noto || missing="$missing fonts-noto-cjk"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" != 0 ]; then
  echo "The tests need:$missing (apt-get install$missing)" >&2
  exit 1
fi
apt-get update -qq
# shellcheck disable=SC2086  several packages
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >/dev/null

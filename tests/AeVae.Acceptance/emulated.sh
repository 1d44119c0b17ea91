#!/usr/bin/env bash
# The program on machines that are not at hand: on 64-bit Arm, emulated by qemu, and on Windows, as Wine is one.
#   emulated.sh arm64|windows               computes NC-1's reference run there and verifies an epoch of the stored quickstart: every bit must be equal
#   emulated.sh arm64|windows ARGUMENT…     runs `runner ARGUMENT…` there, in this folder
# Needs the .NET SDK, NuGet, and of Debian qemu-user-static (arm64; Arm's libraries are fetched) or wine64 (windows). Exit code 77: something of that is not here.
set -euo pipefail

lacks() { echo "emulated: $*" >&2; exit 77; }
root=$(cd "$(dirname "$0")/../.." && pwd)
system=${1:-}
[ $# -eq 0 ] || shift
case $system in
    arm64) rid=linux-arm64 ending= ;;
    windows) rid=win-x64 ending=.exe ;;
    *) sed -n '2,4s/^# //p' "$0" >&2; exit 2 ;;
esac
home=$root/artifacts/emulated/$rid
mkdir -p "$home"

# Debian's packages for Arm, unpacked into a folder: nothing of this machine changes.
fetch_arm_libraries() {
    local apt=$home/apt
    mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/packages"
    : > "$apt/status"
    cat > "$apt/conf" <<CONF
APT::Architecture "arm64"; APT::Architectures { "arm64"; };
Dir::State "$apt"; Dir::State::lists "$apt/lists"; Dir::State::status "$apt/status"; Dir::Cache "$apt/cache";
CONF
    export APT_CONFIG=$apt/conf
    (apt-get update && cd "$apt/packages" && apt-get download libc6 libgcc-s1 libstdc++6 libssl3) > "$apt/log" 2>&1 || { cat "$apt/log" >&2; lacks "the libraries for Arm cannot be fetched (output above)"; }
    unset APT_CONFIG
    for package in "$apt"/packages/*.deb; do dpkg-deb -x "$package" "$home/system.new"; done
    mv "$home/system.new" "$home/system"
    rm -r "$apt"
}

# The emulator cannot follow the double mapping of code that .NET protects itself with.
export DOTNET_EnableWriteXorExecute=0
case $system in
    arm64)
        qemu=$(command -v qemu-aarch64-static) || lacks "qemu-aarch64-static is not installed (Debian: qemu-user-static)"
        [ -d "$home/system" ] || fetch_arm_libraries
        libraries=$home/system/lib/aarch64-linux-gnu:$home/system/usr/lib/aarch64-linux-gnu
        there() { "$qemu" -L "$home/system" -E LD_LIBRARY_PATH="$libraries" "$@"; }
        ;;
    windows)
        wine=$(command -v wine64 /usr/lib/wine/wine64 | head -n 1) || true
        [ -n "$wine" ] || lacks "wine64 is not installed (Debian: wine64)"
        export WINEPREFIX=$home/wine WINEDEBUG=-all
        unset DISPLAY WAYLAND_DISPLAY
        there() { "$wine" "$@"; }
        ;;
esac

# Published from a copy, whose packages and intermediate files are those of that system.
rm -rf "$home/source"
mkdir "$home/source"
(cd "$root" && git ls-files -z --cached --others --exclude-standard -- src tests/AeVae.Tests tests/AeVae.Accuracy experiments results.db ':!*packages.lock.json' '*.props' global.json BannedSymbols.txt .editorconfig | tar --ignore-failed-read --null -T - -cf - 2>/dev/null) | tar -xf - -C "$home/source"
publish() { # publish PROJECT FOLDER
    dotnet publish "$home/source/$1" -r "$rid" --self-contained -c Release -o "$home/$2" --artifacts-path "$home/artifacts" -v quiet -nologo \
        -p:UseAppHost=true -p:RestorePackagesWithLockFile=false -p:RunAnalyzers=false > "$home/publish.log" 2>&1 || { cat "$home/publish.log" >&2; return 1; }
}
publish src/Runner runner || { grep -q 'NU1[0-9]*' "$home/publish.log" && lacks "NuGet has no .NET for $rid (output above)"; exit 1; }
if [ $# -gt 0 ]; then
    there "$home/runner/runner$ending" "$@"
    exit
fi

publish tests/AeVae.Tests tests
page=$(< "$root/src/Compute/README.md")
for threads in 1 3; do
    output=$(there "$home/tests/AeVae.Tests$ending" $threads | tr -d '\r')
    case $page in
        *"\`\`\`
${output#*$'\n'}
\`\`\`"*) echo "equal      the reference run of NC-1, on $threads of its threads: ${output%%$'\n'*}" ;;
        *) echo "$output"; echo "emulated: src/Compute/README.md does not hold this" >&2; exit 1 ;;
    esac
done

cp "$root/results.db" "$home/results.db"
cd "$home"
there "runner/runner$ending" verify quickstart --epochs 1 --db results.db

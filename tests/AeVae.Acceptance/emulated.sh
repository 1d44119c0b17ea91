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
command -v dotnet > /dev/null || lacks "no dotnet was found in PATH"
exec 9> "$home/lock"
flock 9   # one at a time

# Debian's packages for Arm, unpacked into a folder: nothing of this machine changes.
fetch_arm_libraries() {
    local apt=$home/apt
    rm -rf "$apt" "$home/system.new"
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
        there() { timeout --foreground 3600 "$qemu" -L "$home/system" -E LD_LIBRARY_PATH="$libraries" "$@" 9>&-; }
        ;;
    windows)
        wine=$(command -v wine64 /usr/lib/wine/wine64 | head -n 1) || true
        [ -n "$wine" ] || lacks "wine64 is not installed (Debian: wine64)"
        export WINEPREFIX=$home/wine WINEDEBUG=-all
        unset DISPLAY WAYLAND_DISPLAY
        trap '"$(dirname "$wine")/wineserver" -k 2> /dev/null || true' EXIT
        there() { timeout --foreground 3600 "$wine" "$@" 9>&-; }
        ;;
esac

# Published from a copy, whose packages and intermediate files are those of that system.
rm -rf "$home/source"
mkdir "$home/source"
(cd "$root" && git ls-files -z --cached --others --exclude-standard -- src tests/AeVae.Tests tests/AeVae.Accuracy experiments results.db ':!*packages.lock.json' '*.props' global.json BannedSymbols.txt .editorconfig | tar --ignore-failed-read --null -T - -cf - 2>/dev/null) | tar -xf - -C "$home/source"
publish() { # publish PROJECT FOLDER
    dotnet publish "$home/source/$1" -r "$rid" --self-contained -c Release -o "$home/$2" --artifacts-path "$home/artifacts" -v quiet -nologo -nodeReuse:false \
        -p:UseAppHost=true -p:UseSharedCompilation=false -p:RestorePackagesWithLockFile=false -p:RunAnalyzers=false > "$home/publish.log" 2>&1 9>&- && return
    cat "$home/publish.log" >&2
    ! grep -qE 'error NU1(101|102|301)' "$home/publish.log" || grep -qE 'error (CS|MSB)' "$home/publish.log" || lacks "NuGet has no .NET for $rid (output above)"
    exit 1
}
publish src/Runner runner
if [ $# -gt 0 ]; then
    there "$home/runner/runner$ending" "$@"
    exit
fi

publish tests/AeVae.Tests tests
page=$(< "$root/src/Compute/README.md")
for threads in 1 3; do
    output=$(there "$home/tests/AeVae.Tests$ending" $threads | tr -d '\r') || { echo "emulated: the reference run ended with an error" >&2; exit 1; }
    case $page in
        *"\`\`\`
${output#*$'\n'}
\`\`\`"*) echo "equal      the reference run of NC-1, on $threads of its threads: ${output%%$'\n'*}" ;;
        *) echo "$output"; echo "emulated: src/Compute/README.md does not hold this" >&2; exit 1 ;;
    esac
done

cd "$home"
rm -rf runs
cp "$root/results.db" results.db
there "runner/runner$ending" verify quickstart --epochs 1 --db results.db

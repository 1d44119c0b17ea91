#!/bin/sh
# The same training in PyTorch and in AeVae, one after the other, side by side in one table. Every option: race-pytorch.sh --help
# PYTHON chooses an interpreter with PyTorch [default: /usr/bin/python3, that of Debian's python3-torch].
set -eu
folder=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-/usr/bin/python3}

if ! command -v "$python" >/dev/null; then
    echo "race-pytorch: there is no $python. Install Python with PyTorch: apt install python3-torch libopenblas0-pthread" >&2
    exit 2
fi
if ! reason=$("$python" -c 'import torch, numpy' 2>&1); then
    printf '%s\n' "race-pytorch: $python cannot load PyTorch (${reason##*
})." "  Install it: apt install python3-torch libopenblas0-pthread. Or name an interpreter that has it: PYTHON=… $0" >&2
    exit 2
fi
exec "$python" "$folder/race_pytorch.py" "$@"

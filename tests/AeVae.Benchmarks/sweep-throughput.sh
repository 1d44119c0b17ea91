#!/bin/sh
# How many times the trials per second of one single-threaded trial do as many at once reach as there are cores? Every option: sweep-throughput.sh --help
exec "${PYTHON:-python3}" "$(dirname "$0")/sweep_throughput.py" "$@"

#!/bin/sh
# Kills runs at random instants of their lives and resumes them: kill-and-resume.sh [KILLS], 300 unless said, in half an hour to one and a half. Prints a table for README.md.
set -eu
cd "$(dirname "$0")/../.."
table=$(mktemp)
trap 'rm -f "$table"' EXIT
AEVAE_KILLS=${1:-300} AEVAE_KILL_TABLE=$table dotnet test tests/AeVae.Acceptance --filter FullyQualifiedName~KillTests
cat "$table"

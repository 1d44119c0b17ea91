#!/bin/sh
# Makes results.db and experiments/reports/ anew: every seed experiment, trained in full from a clean commit. About a quarter of an hour on two cores,
# and half an hour more for the sweeps, whose runs are too many for git: they go to runs/sweeps.db. `make-results.sh sweeps` makes these alone.
# The old results.db is kept as results.db.before.
set -eu
cd "$(dirname "$0")/.."

if [ -n "$(git status --porcelain -- . ':!results.db' ':!experiments/reports')" ]; then
    echo "make-results: commit or stash your changes first; stored runs name the commit they come from" >&2
    exit 2
fi

make_sweeps() {
    for name in ae-vs-vae mse-vs-mse-kl latent-dim-sweep beta-sweep lr-sweep; do
        ./runner sweep "experiments/$name.yaml" --db runs/sweeps.db --needed --no-report
        rm -rf "experiments/reports/$name"
        ./runner report "experiments/$name.yaml" --db runs/sweeps.db -o "experiments/reports/$name"
    done
}
mkdir -p runs
if [ "${1:-}" = sweeps ]; then
    make_sweeps
    exit
fi

if [ -f results.db ]; then mv results.db results.db.before; fi
for name in quickstart ae-lr1e-3 vae-lr1e-4 mse-only mse-kl ae-2d vae-2d pytorch-example; do
    ./runner run "experiments/$name.yaml" --no-report
    rm -rf "experiments/reports/$name"
    ./runner report "experiments/$name.yaml" -o "experiments/reports/$name"
done
make_sweeps
./runner list --all

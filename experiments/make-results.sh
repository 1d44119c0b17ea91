#!/bin/sh
# Makes results.db and experiments/reports/ anew: every seed experiment and sweep, trained in full from a clean commit. `make-results.sh runs` makes the seed
# experiments alone (half an hour on two cores of 2017), `make-results.sh sweeps` the sweeps (an hour and a half), whose runs are too many for git: they go to
# runs/sweeps.db. The old results.db is kept as results.db.before.
set -eu
cd "$(dirname "$0")/.."

if [ -n "$(git status --porcelain -- . ':!results.db' ':!experiments/reports')" ]; then
    echo "make-results: commit or stash your changes first; stored runs name the commit they come from" >&2
    exit 2
fi

what=${1:-all}
case $what in
    all | runs | sweeps) ;;
    *)
        echo "make-results: '$what' is not known; say runs, sweeps or nothing" >&2
        exit 2
        ;;
esac

make_runs() {
    if [ -f results.db ]; then mv results.db results.db.before; fi
    for name in quickstart ae-lr1e-3 vae-lr1e-4 mse-only mse-kl ae-2d vae-2d pytorch-example; do
        ./runner run "experiments/$name.yaml" --no-report
        rm -rf "experiments/reports/$name"
        ./runner report "experiments/$name.yaml" -o "experiments/reports/$name"
    done
    ./runner list --all
}

make_sweeps() {
    mkdir -p runs
    for name in ae-vs-vae mse-vs-mse-kl latent-dim-sweep beta-sweep lr-sweep; do
        ./runner sweep "experiments/$name.yaml" --db runs/sweeps.db --needed --no-report
        rm -rf "experiments/reports/$name"
        ./runner report "experiments/$name.yaml" --db runs/sweeps.db -o "experiments/reports/$name"
    done
}
[ "$what" = sweeps ] || make_runs
[ "$what" = runs ] || make_sweeps

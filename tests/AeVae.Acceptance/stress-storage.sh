#!/bin/sh
# Storage under stress, with the built program: eight writers beside three readers, a full, a locked and a read-only disk, damaged, foreign, older and newer files.
# Three minutes; as root it also mounts small disks of its own. The figures belong into the README.md beside this.
set -eu
cd "$(dirname "$0")/../.."
AEVAE_STRESS=1 dotnet test tests/AeVae.Acceptance -c Release --filter "FullyQualifiedName~AeVae.Acceptance.Storage" --logger "console;verbosity=detailed" -- xUnit.ParallelizeTestCollections=false

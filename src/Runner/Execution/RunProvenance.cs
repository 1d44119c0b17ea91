using AeVae.Compute;
using AeVae.Data;
using AeVae.Tracking;

namespace AeVae.Runner.Execution;

/// <summary>Where and from what this process computes.</summary>
static class RunProvenance
{
    /// <summary>Takes it down now; the images' digests are those of the bytes that were read.</summary>
    public static Provenance Capture(RunRequest request, Splits splits, string projectRoot) => ProvenanceReader.Capture(
        request.CommandLine,
        projectRoot,
        Simd.Path.ToString().ToLowerInvariant(),
        request.Threads,
        [.. splits.Files.Select(file => new DataFileRecord(file.Name, file.Bytes, file.Sha256))]);
}

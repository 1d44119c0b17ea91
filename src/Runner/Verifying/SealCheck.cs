using System.Security.Cryptography;
using AeVae.Tracking;

namespace AeVae.Runner.Verifying;

/// <summary>Compares a completed run with its seal, and the bytes of each artifact with its digest: of an artifact the seal covers the digest alone.</summary>
static class SealCheck
{
    /// <summary>Name of the difference between the seal of a run and what it holds.</summary>
    public const string Seal = "seal";

    /// <summary>What is to be known of a completed run that has no seal.</summary>
    public const string Missing = "The completed run has no seal (run.seal_sha256): it was removed, or a program that is older than the file and seals none completed the run. "
        + "What was compared counts all the same; a change of anything else would not be seen.";

    const string OfBytes = " (its bytes against its own digest)";

    /// <summary>One difference when anything was changed, added or removed, or when the seal itself was; none where there is no seal.</summary>
    /// <param name="stored">The seal.</param>
    /// <param name="now">What it would be now.</param>
    public static IEnumerable<Difference> Of(string? stored, string now) => stored is not null && stored != now ? [new(DifferenceKind.Summary, Seal, stored, now)] : [];

    /// <summary>Artifacts whose bytes are not those of their digest; nothing for a run that is still being trained, whose artifacts may go.</summary>
    public static IEnumerable<Difference> OfArtifacts(RunDetail run, RunQueries queries) =>
        from artifact in run.Artifacts
        where run.Run.Status != RunStatus.Running
        let digest = Digest(queries.GetArtifact(run.Run.Id, artifact.Name) ?? [])
        where digest != artifact.Sha256
        select new Difference(DifferenceKind.Artifact, artifact.Name + OfBytes, artifact.Sha256, digest);

    /// <summary>Whether a difference is the one of the seal.</summary>
    public static bool IsSeal(Difference difference) => difference is { Kind: DifferenceKind.Summary, Name: Seal };

    /// <summary>The artifact whose bytes are not those of its digest; null when the difference is another.</summary>
    public static string? ArtifactOf(Difference difference) =>
        difference is { Kind: DifferenceKind.Artifact, Name: { } name } && name.EndsWith(OfBytes, StringComparison.Ordinal) ? name[..^OfBytes.Length] : null;

    /// <summary>SHA-256 as it is stored.</summary>
    public static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

using AeVae.Tracking;

namespace AeVae.Runner.Verifying;

/// <summary>Whether a completed run holds what it held when it was completed.</summary>
static class SealCheck
{
    /// <summary>Name of the difference between the seal of a run and what it holds.</summary>
    public const string Seal = "seal";

    /// <summary>One difference when anything was changed, added or removed, or when the seal itself was.</summary>
    public static IEnumerable<Difference> Of(RunDetail run, RunQueries queries)
    {
        (string? stored, string now) = queries.GetSeal(run.Run.Id);
        bool wasSealed = stored is not null || run.Run.Status == RunStatus.Completed;
        return wasSealed && stored != now ? [new(DifferenceKind.Summary, Seal, stored, now)] : [];
    }

    /// <summary>Whether a difference is the one of the seal.</summary>
    public static bool IsSeal(Difference difference) => difference is { Kind: DifferenceKind.Summary, Name: Seal };
}

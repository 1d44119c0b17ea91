using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using AeVae.Compute;
using AeVae.Data;
using AeVae.Data.Batches;

namespace AeVae.Models.Evaluation;

/// <summary>The baselines of a set of images, measured once for all trainers that use it: no seed and no setting but the number of latents changes them.</summary>
static class SharedBaselines
{
    static readonly ConditionalWeakTable<Splits, ConcurrentDictionary<int, Lazy<IReadOnlyList<Baseline>>>> Known = [];

    /// <summary>As <see cref="Baselines.Measure"/> of the images as they are read without binarisation.</summary>
    public static IReadOnlyList<Baseline> Of(Splits splits, IReadOnlyList<BatchReader> fit, BatchReader test, int latentDim, ThreadTeam team) =>
        Known.GetOrCreateValue(splits).GetOrAdd(latentDim, count => new(() => Baselines.Measure(fit, test, count, team))).Value;
}

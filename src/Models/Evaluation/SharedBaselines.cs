using System.Runtime.CompilerServices;
using AeVae.Compute;
using AeVae.Data;
using AeVae.Data.Batches;

namespace AeVae.Models.Evaluation;

/// <summary>What the baselines of a set of images come from, measured once for all trainers that use it: no seed and no setting but the number of latents changes them.</summary>
sealed class SharedBaselines
{
    static readonly ConditionalWeakTable<Splits, SharedBaselines> Known = [];

    readonly Lock oneAtATime = new();
    readonly Dictionary<int, IReadOnlyList<Baseline>> byLatents = [];
    (ImageMoments Fitted, ImageMoments Tested)? moments;

    /// <summary>As <see cref="Baselines.Measure(IReadOnlyList{BatchReader}, BatchReader, int, ThreadTeam)"/> of the images as they are read without binarisation.</summary>
    public static IReadOnlyList<Baseline> Of(Splits splits, IReadOnlyList<BatchReader> fit, BatchReader test, int latentDim, ThreadTeam team) =>
        Known.GetOrCreateValue(splits).Of(fit, test, latentDim, team);

    IReadOnlyList<Baseline> Of(IReadOnlyList<BatchReader> fit, BatchReader test, int latentDim, ThreadTeam team)
    {
        // Trials that ask at the same time wait for the first of them.
        lock (oneAtATime)
        {
            if (byLatents.TryGetValue(latentDim, out IReadOnlyList<Baseline>? known)) return known;
            moments ??= (Baselines.MomentsOf(fit, team), Baselines.MomentsOf([test], team));
            return byLatents[latentDim] = Baselines.Measure(moments.Value.Fitted, moments.Value.Tested, latentDim, team);
        }
    }
}

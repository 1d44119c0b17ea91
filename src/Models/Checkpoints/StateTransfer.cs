using AeVae.Models.Layers;
using AeVae.Models.Optimizers;
using AeVae.Models.Schedules;

namespace AeVae.Models.Checkpoints;

/// <summary>Copies the state of training into a checkpoint and back.</summary>
static class StateTransfer
{
    public static Checkpoint Capture(int epoch, IEnumerable<Tensor> tensors, IEnumerable<RunningScalar> scalars, EarlyStop? earlyStop, int collapsedEvaluations) => new(
        epoch,
        [.. tensors.Select(t => new StoredTensor(t.Name, t.Shape, t.ToArray()))],
        scalars.ToDictionary(s => s.Name, s => s.Value),
        earlyStop is null ? null : new EarlyStopState(earlyStop.Best, earlyStop.Waited),
        collapsedEvaluations,
        configSha256: null);

    /// <exception cref="InvalidDataException">Names or shapes differ; nothing was changed.</exception>
    public static void Restore(Checkpoint checkpoint, IEnumerable<Tensor> tensors, IEnumerable<RunningScalar> scalars, EarlyStop? earlyStop)
    {
        Dictionary<string, StoredTensor> stored = checkpoint.ParameterTensors.Concat(checkpoint.OptimizerTensors).ToDictionary(t => t.Name);
        Tensor[] targets = [.. tensors];
        RunningScalar[] numbers = [.. scalars];
        if (Difference(stored, targets) is { } difference) throw Foreign(difference);
        if (numbers.FirstOrDefault(s => !checkpoint.Scalars.ContainsKey(s.Name)) is { } missing) throw Foreign($"it lacks {missing.Name}");
        if (earlyStop is not null && checkpoint.EarlyStop is null) throw Foreign("it was trained without train.early_stop");

        foreach (Tensor target in targets) target.CopyFrom(stored[target.Name].Values);
        foreach (RunningScalar number in numbers) number.Value = checkpoint.Scalars[number.Name];
        if (earlyStop is not null) (earlyStop.Best, earlyStop.Waited) = (checkpoint.EarlyStop!.Best, checkpoint.EarlyStop.Waited);
    }

    /// <summary>Copies the parameters alone.</summary>
    /// <exception cref="InvalidDataException">Names or shapes differ; nothing was changed.</exception>
    public static void RestoreParameters(Checkpoint checkpoint, IEnumerable<Parameter> parameters)
    {
        Dictionary<string, StoredTensor> stored = checkpoint.ParameterTensors.ToDictionary(t => t.Name);
        Tensor[] targets = [.. parameters.Select(p => p.Value)];
        if (Difference(stored, targets) is { } difference) throw Foreign(difference);
        foreach (Tensor target in targets) target.CopyFrom(stored[target.Name].Values);
    }

    static string? Difference(Dictionary<string, StoredTensor> stored, Tensor[] targets)
    {
        foreach (Tensor target in targets)
        {
            if (!stored.TryGetValue(target.Name, out StoredTensor? found)) return $"it lacks {target.Name}";
            if (!found.Shape.SequenceEqual(target.Shape)) return $"{target.Name} is ({string.Join(" × ", found.Shape)}) there but ({string.Join(" × ", target.Shape)}) here";
        }

        return stored.Keys.Except(targets.Select(t => t.Name)).FirstOrDefault() is { } extra ? $"it has {extra} in addition" : null;
    }

    static InvalidDataException Foreign(string difference) =>
        new($"The checkpoint belongs to another network or optimizer: {difference}. Resume with the experiment that it was made with.");
}

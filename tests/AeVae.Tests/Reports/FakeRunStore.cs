using AeVae.Reports.Runs;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Tests.Reports;

/// <summary>Puts a <see cref="FakeRun"/> into a results file.</summary>
static class FakeRunStore
{
    /// <summary>Stores a run with its histories, test metrics and artifacts.</summary>
    /// <returns>Its id, which is another than that of the fake.</returns>
    public static string Add(this RunStore store, RunData run, TrialKey? trial = null)
    {
        store.DefineMetrics(run.Definitions.Values);
        string id = store.BeginRun(new NewRun
        {
            Experiment = run.Detail.Experiment,
            Name = run.Run.Name,
            Variant = run.Run.Variant,
            Seed = run.Run.Seed,
            NumericContract = run.Detail.NumericContract,
            Parameters = run.Detail.Parameters,
            Provenance = run.Detail.Provenance!,
            EffectiveBeta = run.Detail.EffectiveBeta,
            ParameterCount = run.Detail.ParameterCount,
            EpochsPlanned = run.Run.EpochsPlanned,
            Trial = trial,
        });
        for (int epoch = 1; epoch <= run.Run.EpochsDone; epoch++)
        {
            MetricRecord[] metrics = [.. run.Series.Value.Where(s => s.Key.Split != "test").Select(s => new MetricRecord(s.Key.Split, s.Key.Name, s.Value[epoch - 1].Value))];
            store.AppendEpoch(id, new EpochRecord(epoch, metrics, new string('d', 64), new string('e', 64), new string('f', 64), [], 2.5, 20_000));
        }

        store.AppendFinalMetrics(id, run.Run.EpochsDone, [.. run.Series.Value.Where(s => s.Key.Split == "test").Select(s => new MetricRecord("test", s.Key.Name, s.Value[^1].Value))]);
        foreach (string name in FakeRun.VaeArtifacts.Union(run.Detail.Artifacts.Select(artifact => artifact.Name)).Where(name => run.Artifact(name) is not null))
            store.AddArtifact(id, new Artifact(name, "array", NpyArray.MediaType, run.Artifact(name)!, null));
        store.FinishRun(id, run.Run.Status, run.Run.Reason, run.Run.ReasonEpoch);
        return id;
    }
}

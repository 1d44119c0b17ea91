using System.Globalization;
using AeVae.Runner.Specs;
using AeVae.Tracking;

namespace AeVae.Runner.Verifying;

/// <summary>Whether the configuration that is executed is the one that was stored, and the one that lists show.</summary>
static class ConfigurationCheck
{
    /// <summary>Name of the difference between the configuration and its own digest.</summary>
    public const string Digest = "config_json";

    /// <summary>Keys first, where "stored" is what stands in <c>run_param</c> and "computed" what the configuration says; what the run says that follows from them; then the digest.</summary>
    /// <param name="run">The run.</param>
    /// <param name="effectiveBeta">The β that follows from the configuration.</param>
    /// <param name="parameterCount">The number of parameters that the network has.</param>
    public static IEnumerable<Difference> Of(RunDetail run, double? effectiveBeta, long parameterCount)
    {
        ExperimentRecord experiment = run.Experiment;
        Dictionary<string, string> shown = run.Parameters.ToDictionary(StringComparer.Ordinal);
        Dictionary<string, string> executed = ResolvedConfig.Flatten(experiment.ConfigJson).ToDictionary(StringComparer.Ordinal);
        if (shown.GetValueOrDefault("seed") is { } seed && seed != run.Run.Seed.ToString(CultureInfo.InvariantCulture))
            yield return new(DifferenceKind.Configuration, "run.seed", run.Run.Seed.ToString(CultureInfo.InvariantCulture), executed.GetValueOrDefault("seed"));
        foreach (string key in executed.Keys.Union(shown.Keys))
        {
            if (shown.GetValueOrDefault(key) != executed.GetValueOrDefault(key))
                yield return new(DifferenceKind.Configuration, key, shown.GetValueOrDefault(key), executed.GetValueOrDefault(key));
        }

        foreach ((string name, string? stored, string? computed) in ((string, string?, string?)[])[
            ("run.effective_beta", Exact(run.EffectiveBeta), Exact(effectiveBeta)),
            ("run.parameter_count", Whole(run.ParameterCount), Whole(parameterCount)),
            ("run.epochs_planned", Whole(run.Run.EpochsPlanned), executed.GetValueOrDefault("train.epochs")),
        ])
        {
            if (stored != computed)
                yield return new(DifferenceKind.Configuration, name, stored, computed);
        }

        string digest = ResolvedConfig.Sha256(experiment.ConfigJson);
        if (digest != experiment.ConfigSha256)
            yield return new(DifferenceKind.Configuration, Digest, experiment.ConfigSha256, digest);
    }

    static string? Exact(double? number) => number?.ToString("R", CultureInfo.InvariantCulture);

    static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);
}

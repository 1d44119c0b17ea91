using AeVae.Runner.Invocation;
using AeVae.Runner.Specs;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Sweeps;

/// <summary>A plan as it is stored before its first trial begins.</summary>
static class FrozenPlan
{
    /// <summary>All of its trials.</summary>
    public static NewSweep Of(SweepPlan plan, string file, string yamlText, IReadOnlyList<string> commandLine) => new()
    {
        Name = plan.Name,
        Description = plan.Description,
        File = file,
        YamlText = yamlText,
        Method = Canonical.Word(plan.Options.Method),
        Outline = plan.Outline,
        Metric = plan.Metric,
        CommandLine = commandLine,
        Trials = [.. plan.Trials.Select(Of)],
    };

    /// <summary>The experiment of a frozen trial.</summary>
    /// <exception cref="CommandException">This program does not understand it.</exception>
    public static ExperimentSpec Spec(FrozenTrial trial, SweepDetail frozen) => ResolvedConfig.FromStored(trial.ConfigJson, trial.ConfigSha256, $"trial {trial.Number} of sweep {frozen.Sweep.Id}",
        $"Go on with the program that froze the sweep on {frozen.Sweep.CreatedAt:yyyy-MM-dd}, or begin a new sweep with {frozen.Sweep.File}.");

    /// <summary>One of them.</summary>
    public static FrozenTrial Of(Trial trial) => new()
    {
        Number = trial.Number,
        Name = trial.Name,
        Variant = trial.Variant,
        Seed = trial.Spec.Seed,
        Parameters = trial.Parameters,
        ConfigJson = trial.ConfigJson,
        ConfigSha256 = trial.ConfigSha256,
    };
}

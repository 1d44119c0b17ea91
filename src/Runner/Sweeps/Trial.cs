using AeVae.Runner.Specs;

namespace AeVae.Runner.Sweeps;

/// <summary>One run of a sweep.</summary>
sealed record Trial
{
    string? config;

    /// <summary>From 1, without gaps.</summary>
    public required int Number { get; init; }

    /// <summary>Name of its run: that of the experiment, of its variant and of its point; the same for every seed.</summary>
    public required string Name { get; init; }

    /// <summary>Its variant, if the experiment has several.</summary>
    public string? Variant { get; init; }

    /// <summary>The swept keys and their values as in the canonical JSON, in the file's order.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; }

    /// <summary>The experiment, resolved; its name is that of the file, so that equal trials of two sweeps are equal.</summary>
    public required ExperimentSpec Spec
    {
        get;
        init => (field, config) = (value, null);
    }

    /// <summary>Its configuration as canonical JSON.</summary>
    public string ConfigJson => config ??= ResolvedConfig.ToJson(Spec);

    /// <summary>SHA-256 of that, lower-case hex.</summary>
    public string ConfigSha256 => ResolvedConfig.Sha256(ConfigJson);
}

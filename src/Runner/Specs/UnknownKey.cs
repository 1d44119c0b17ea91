using AeVae.Tracking;
namespace AeVae.Runner.Specs;

/// <summary>Finds the key that was meant by one that does not exist, in its own section and in all others.</summary>
static class UnknownKey
{
    // What other tools call the same thing, too far in letters to be found by them.
    static readonly Dictionary<string, string> Synonyms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["lr"] = "train.learning_rate",
        ["beta"] = "loss.kl_weight",
        ["bs"] = "train.batch_size",
        ["wd"] = "train.optimizer.weight_decay",
        ["z_dim"] = "model.latent_dim",
        ["latent_size"] = "model.latent_dim",
        ["hidden"] = "model.encoder",
        ["hidden_sizes"] = "model.encoder",
        ["scheduler"] = "train.schedule",
        ["early_stopping"] = "train.early_stop",
        ["grad_clip"] = "train.gradient_clip",
        ["random_seed"] = "seed",
        ["seeds"] = "sweep.seeds",
        ["parameters"] = "sweep.parameters",
    };

    /// <summary>The section that an unknown one is meant to be (<c>training</c>: <c>train</c>), or null.</summary>
    public static string? SectionLike(string name)
    {
        var sections = SpecKeys.Root.Children.Where(key => key.Kind == KeyKind.Section).Select(key => key.Name).ToList();
        return sections.FirstOrDefault(section => name.StartsWith(section, StringComparison.OrdinalIgnoreCase)
                || (name.Length >= 3 && section.StartsWith(name, StringComparison.OrdinalIgnoreCase)))
            ?? NearestName.Of(name, sections);
    }

    /// <summary>The dotted path of the key that is most like <paramref name="name"/>, with those of <paramref name="section"/> first; or null.</summary>
    public static string? Nearest(string section, string name)
    {
        if (Synonyms.TryGetValue(name, out string? known))
            return known;

        var keys = SpecKeys.All.Select(key => key.Path).Append("extends").Concat(SweepKeys.Paths)
            .OrderBy(path => Parent(path) == section ? 0 : 1).ToList();
        var names = keys.Select(path => path[(path.LastIndexOf('.') + 1)..]).ToList();
        return NearestName.Of(name, names) is { } near ? keys[names.IndexOf(near)] : null;
    }

    /// <summary>A dotted path as it is written in a file: <c>model: {latent_dim: …}</c>.</summary>
    public static string Nested(string path) => path.Split('.').Reverse().Aggregate("…", (inner, name) => inner == "…" ? $"{name}: …" : $"{name}: {{{inner}}}");

    static string Parent(string path) => path.LastIndexOf('.') is >= 0 and var dot ? path[..dot] : "";
}

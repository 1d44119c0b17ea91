namespace AeVae.Runner.Specs;

/// <summary>A key that means something only for some values of another.</summary>
/// <param name="Path">The key.</param>
/// <param name="Selector">The key that decides.</param>
/// <param name="Words">Its values for which <paramref name="Path"/> has a meaning.</param>
sealed record Applicability(string Path, string Selector, params string[] Words)
{
    /// <summary>Every such key. It is an error beside another value, and left out of the resolved configuration, so that equal experiments have equal hashes.</summary>
    public static IReadOnlyList<Applicability> All { get; } =
    [
        new("data.path", "data.dataset", "images"),
        new("data.size", "data.dataset", "images"),
        new("data.channels", "data.dataset", "images"),
        new("model.latent_activation", "model.type", "ae"),
        new("loss.kl_weight", "model.type", "vae"),
        new("loss.kl_warmup_epochs", "model.type", "vae"),
        new("train.optimizer.betas", "train.optimizer.type", "adam", "adamw"),
        new("train.optimizer.eps", "train.optimizer.type", "adam", "adamw", "rmsprop"),
        new("train.optimizer.momentum", "train.optimizer.type", "sgd", "rmsprop"),
        new("train.optimizer.nesterov", "train.optimizer.type", "sgd"),
        new("train.optimizer.alpha", "train.optimizer.type", "rmsprop"),
        new("train.optimizer.centered", "train.optimizer.type", "rmsprop"),
        new("train.schedule.step_size", "train.schedule.type", "step"),
        new("train.schedule.milestones", "train.schedule.type", "multistep"),
        new("train.schedule.gamma", "train.schedule.type", "step", "multistep", "exponential"),
        new("train.schedule.min_learning_rate", "train.schedule.type", "cosine"),
        new("train.schedule.warmup_epochs", "train.schedule.type", "warmup", "cosine"),
        new("eval.nll_samples", "model.type", "vae"),
        new("eval.nll_samples", "loss.reconstruction", "bce"),
    ];

    /// <summary>Whether the key means something in this experiment.</summary>
    public bool Holds(ExperimentSpec spec) => Words.Contains(Canonical.Word(SpecKeys.ValueIn(spec, SpecKeys.Get(Selector))!));

    /// <summary>Whether a key means something in this experiment.</summary>
    public static bool Of(string path, ExperimentSpec spec) => All.Where(rule => rule.Path == path).All(rule => rule.Holds(spec));

    /// <summary>Whether a key has a meaning where <paramref name="selector"/> is <paramref name="word"/>, as far as that key decides.</summary>
    public static bool Fits(string path, string selector, string word) => All.Where(rule => rule.Path == path && rule.Selector == selector).All(rule => rule.Words.Contains(word));

    /// <summary>For whom a key is, as a sentence to append to its description; empty for everyone.</summary>
    public static string Note(string path)
    {
        var conditions = All.Where(rule => rule.Path == path).Select(rule => $"`{rule.Selector}: {string.Join("`, `", rule.Words)}`").ToList();
        return conditions.Count == 0 ? "" : $" Only with {string.Join(" and ", conditions)}.";
    }
}

using System.CommandLine;
using AeVae.Runner.Execution;

namespace AeVae.Runner.Commands;

/// <summary>Options that are alike in every command that has them.</summary>
static class CommandOptions
{
    const int MostThreads = 256;

    /// <summary><c>--threads N</c>, with the physical cores as its default.</summary>
    public static Option<int> Threads(string description = "Threads; they change the time and no number") =>
        FromOne(new Option<int>("--threads") { Description = description, HelpName = "N", DefaultValueFactory = _ => Math.Min(Processors.PhysicalCores, MostThreads) }, MostThreads);

    /// <summary><c>--tag TAG</c>, and other options that take tags; a tag is one word without commas, which stand between those of a list.</summary>
    /// <param name="name">The option.</param>
    /// <param name="description">What it does.</param>
    /// <param name="mayHaveComma">Of tags that older versions gave.</param>
    public static Option<string[]> Tag(string name = "--tag", string description = "Label to select the run by (may be repeated)", bool mayHaveComma = false)
    {
        Option<string[]> tag = new(name) { Description = description, HelpName = "TAG" };
        tag.Validators.Add(result =>
        {
            foreach (string text in result.Tokens.Select(token => token.Value).Where(text => text.Length == 0 || text.Any(letter => char.IsWhiteSpace(letter) || (letter == ',' && !mayHaveComma))))
                result.AddError($"{name} is '{text}', but a tag is one word, without white space and commas. Repeat the option for several.");
        });
        return tag;
    }

    /// <summary><c>--no-report</c>.</summary>
    public static Option<bool> NoReport() => new("--no-report") { Description = "Write no report" };

    /// <summary><c>--require-clean</c>.</summary>
    public static Option<bool> RequireClean() => new("--require-clean") { Description = "Refuse to run unless all files of the project that the program was built from are as committed in git" };

    /// <summary><c>--yes</c>.</summary>
    public static Option<bool> Yes() => new("--yes", "-y") { Description = "Do not ask" };

    /// <summary>Refuses an empty value with words: it is most often a variable of a shell that was not set.</summary>
    public static Option<string?> NotEmpty(Option<string?> option)
    {
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { Length: 0 })
                result.AddError($"'{option.Name}' is empty. Name a {option.HelpName switch { "DIR" => "folder", "KEYS" => "key", "CONDITIONS" => "condition", var word => word?.ToLowerInvariant() }} after it, or leave it out.");
        });
        return option;
    }

    /// <summary>Refuses numbers below 1 and above <paramref name="most"/>.</summary>
    public static Option<T> FromOne<T>(Option<T> option, int? most = null)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out int value) && (value < 1 || value > most))
                result.AddError($"{option.Name} is {token.Value}, but must be 1 {(most is null ? "or more" : $"to {most}")}.");
        });
        return option;
    }
}

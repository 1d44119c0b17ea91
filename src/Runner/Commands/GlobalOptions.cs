using System.CommandLine;
using AeVae.Reports;
using AeVae.Runner.Invocation;

namespace AeVae.Runner.Commands;

/// <summary>Options that every command understands.</summary>
sealed class GlobalOptions
{
    readonly Option<string?> db = CommandOptions.NotEmpty(new Option<string?>("--db")
    {
        Description = "Database of runs [default: results.db at the project root, or outside of a project in the current folder; env RUNNER_DB]",
        HelpName = "PATH",
        Recursive = true,
    });

    readonly Option<string?> data = CommandOptions.NotEmpty(new Option<string?>("--data")
    {
        Description = "Folder of the data sets [default: data/ at the project root, or outside of a project in the current folder; env RUNNER_DATA]",
        HelpName = "PATH",
        Recursive = true,
    });

    readonly Option<bool> json = new("--json") { Description = "Write JSON to standard output, and nothing else: one value; run, sweep, resume, verify, restore, merge and data fetch and verify write an object on a line of its own for each thing that happens", Recursive = true };
    readonly Option<bool> quiet = new("--quiet", "-q") { Description = "Write only the result and errors", Recursive = true };
    readonly Option<bool> verbose = new("--verbose", "-v") { Description = "Write what the program is doing, and stack traces of its bugs", Recursive = true };
    readonly Option<bool> noColor = new("--no-color") { Description = "Write without colours [env NO_COLOR]", Recursive = true };

    /// <summary>Makes <paramref name="root"/> and all its commands understand these options.</summary>
    public void AddTo(RootCommand root)
    {
        foreach (Option option in (Option[])[db, data, json, quiet, verbose, noColor])
            root.Options.Add(option);
    }

    /// <summary>The values given on the command line, with environment and defaults for the others.</summary>
    public Globals Read(ParseResult parsed)
    {
        string root = ProjectRoot.Find(Directory.GetCurrentDirectory());
        return new Globals
        {
            ProjectRoot = root,
            GivenPaths = string.Concat(((Option<string?>[])[db, data]).Where(option => parsed.GetValue(option) is not null).Select(option => $" {option.Name} {ShellWord.Quote(parsed.GetValue(option)!)}")),
            DatabasePath = RealPath.OfFile(Path.GetFullPath(parsed.GetValue(db) ?? FromEnvironment("RUNNER_DB") ?? Path.Combine(root, "results.db"))),     // checkpoints and journals lie beside the file, not beside a link to it
            DataFolder = Path.GetFullPath(parsed.GetValue(data) ?? FromEnvironment("RUNNER_DATA") ?? Path.Combine(root, "data")),
            Json = parsed.GetValue(json),
            Quiet = parsed.GetValue(quiet),
            Verbose = parsed.GetValue(verbose),
            Color = !parsed.GetValue(noColor) && FromEnvironment("NO_COLOR") is null && FromEnvironment("TERM") != "dumb",
            Output = parsed.InvocationConfiguration.Output,
            Error = parsed.InvocationConfiguration.Error,
        };
    }

    /// <summary>Whether stack traces of our bugs are wanted.</summary>
    public bool IsVerbose(ParseResult parsed) => parsed.GetValue(verbose);

    static string? FromEnvironment(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

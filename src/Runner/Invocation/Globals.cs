namespace AeVae.Runner.Invocation;

/// <summary>The global options of one invocation, resolved.</summary>
sealed record Globals
{
    /// <summary>Folder that results, data and reports belong to.</summary>
    public required string ProjectRoot { get; init; }

    /// <summary><c> --db PATH --data PATH</c> as they were typed; empty when neither was.</summary>
    public required string GivenPaths { get; init; }

    /// <summary>Full path of the database of runs; the file may not exist yet.</summary>
    public required string DatabasePath { get; init; }

    /// <summary>Full path of the folder of data sets; it may not exist yet.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Standard output carries JSON and nothing else.</summary>
    public required bool Json { get; init; }

    /// <summary>Only results and errors.</summary>
    public required bool Quiet { get; init; }

    /// <summary>Also what the program is doing, and stack traces.</summary>
    public required bool Verbose { get; init; }

    /// <summary>Colours are welcome.</summary>
    public required bool Color { get; init; }

    /// <summary>Colours are welcome and standard output is a terminal.</summary>
    public bool ColorsOutput => Color && !Console.IsOutputRedirected;

    /// <summary>Folder of the database: what belongs to its runs lies beside it.</summary>
    public string Home => Path.GetDirectoryName(DatabasePath)!;

    /// <summary>A command to type next, which looks where this one looked.</summary>
    /// <param name="arguments">Such as <c>show @last</c>.</param>
    public string Command(string arguments) => $"{ProgramName.Text} {arguments}{GivenPaths}";

    /// <summary>Says what is good to know and neither result nor error.</summary>
    public void Note(string text)
    {
        if (!Quiet)
            Error.WriteLine($"note: {text}");
    }

    /// <summary>Where results go.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Where progress, warnings and errors go.</summary>
    public required TextWriter Error { get; init; }
}

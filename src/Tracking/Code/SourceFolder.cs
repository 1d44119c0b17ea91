namespace AeVae.Tracking.Code;

/// <summary>The folder that the program was built from: its commit is that of a run, wherever the run is made.</summary>
public static class SourceFolder
{
    // Set by the script that builds the program.
    internal const string Variable = "RUNNER_SOURCE";

    /// <summary>That folder; the project's where nobody says.</summary>
    public static string Of(string projectRoot) => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? Path.GetFullPath(folder) : projectRoot;
}

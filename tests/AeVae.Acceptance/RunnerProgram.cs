using System.Diagnostics;

namespace AeVae.Acceptance;

/// <summary>The built program, started as a user would, in a folder of its own.</summary>
internal sealed class RunnerProgram : IDisposable
{
    // artifacts/bin/AeVae.Acceptance/debug → artifacts/bin/Runner/debug: always the build of the same configuration.
    public static string Dll { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "Runner", Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)), "runner.dll"));

    public static string RepositoryRoot { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", ".."));

    public string Folder { get; } = Directory.CreateTempSubdirectory("aevae acceptance ").FullName;

    public string Database => Path.Combine(Folder, "results.db");

    public Finished Run(params string[] arguments) => Run([], arguments);

    public Finished Run(IReadOnlyList<(string Name, string Value)> environment, params string[] arguments)
    {
        using Process process = Start(environment, arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(120)), $"runner {string.Join(' ', arguments)} does not end");
        return new Finished(process.ExitCode, output, error.Result);
    }

    public Process Start(IReadOnlyList<(string Name, string Value)> environment, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet") { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Dll);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["RUNNER_DB"] = Database;
        start.Environment["RUNNER_DATA"] = Path.Combine(Folder, "data");
        start.Environment.Remove("RUNNER_COMMAND");
        start.Environment.Remove("RUNNER_SOURCE");
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>A VAE small enough to train in a moment, on images that need no data.</summary>
    public string WriteExperiment(int epochs = 2, string extra = "")
    {
        string path = Path.Combine(Folder, "tiny.yaml");
        File.WriteAllText(path, $$"""
            name: tiny
            seed: 7
            data: {dataset: synthetic, validation: 200, train_limit: 600}
            model: {type: vae, encoder: [48], latent_dim: 3}
            loss: {reconstruction: bce}
            train: {epochs: {{epochs}}, batch_size: 64, learning_rate: 1e-3}
            {{extra}}
            """);
        return path;
    }

    /// <summary>Where a program of the path lies; null when it is not there.</summary>
    public static string? Which(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Concat(["/usr/sbin", "/sbin"]).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>How the program ended and what it said.</summary>
internal sealed record Finished(int ExitCode, string Output, string Error)
{
    public IReadOnlyList<string> Lines { get; } = Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Everything, for the message of a failed test.</summary>
    public override string ToString() => $"exit {ExitCode}\n--- stdout\n{Output}\n--- stderr\n{Error}";
}

using System.Runtime.CompilerServices;
using AeVae.Runner.Specs;
using AeVae.Runner.Sweeps;

namespace AeVae.Tests.Runner.Specs;

/// <summary>A folder of experiment files for one test, and the folder of those that are shipped.</summary>
sealed class ExperimentFiles : IDisposable
{
    /// <summary>The least that a file must say.</summary>
    public const string Least = "data: {dataset: mnist}\nmodel: {type: vae}\ntrain: {epochs: 2}\n";

    readonly string folder = Directory.CreateTempSubdirectory("aevae-specs-").FullName;

    /// <summary>experiments/ of this repository.</summary>
    public static string Shipped { get; } = FindShipped();

    public string Path(string name) => System.IO.Path.Combine(folder, name);

    public ExperimentFiles Add(string name, string text)
    {
        File.WriteAllText(Path(name), text);
        return this;
    }

    public ExperimentFile Read(string name, params string[] overrides) => ExperimentReader.Read(Path(name), overrides);

    /// <summary>The problems as they are printed, without the folder.</summary>
    public string[] Problems(string name, params string[] overrides) => Printed(Read(name, overrides).Problems);

    string[] Printed(IReadOnlyList<SpecProblem> problems) =>
        [.. problems.Select(problem => problem.ToString().Replace(folder + System.IO.Path.DirectorySeparatorChar, "", StringComparison.Ordinal))];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static ExperimentSpec Spec(string yaml, params string[] overrides)
    {
        using var files = new ExperimentFiles().Add("x.yaml", yaml);
        var result = files.Read("x.yaml", overrides);
        Assert.Empty(result.Problems);
        return result.Single!;
    }

    public static string[] ProblemsOf(string yaml, params string[] overrides)
    {
        using var files = new ExperimentFiles().Add("x.yaml", yaml);
        return files.Problems("x.yaml", overrides);
    }

    public static SweepPlan Plan(string yaml, params string[] overrides)
    {
        using var files = new ExperimentFiles().Add("x.yaml", yaml);
        var result = ExperimentReader.Read(files.Path("x.yaml"), overrides);
        Assert.Empty(result.Problems);
        return result.Plan!;
    }

    public static string[] SweepProblemsOf(string yaml, params string[] overrides)
    {
        using var files = new ExperimentFiles().Add("x.yaml", yaml);
        return files.Printed(ExperimentReader.Read(files.Path("x.yaml"), overrides).Problems);
    }

    static string FindShipped([CallerFilePath] string thisFile = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(thisFile)!, "../../../../experiments"));
}

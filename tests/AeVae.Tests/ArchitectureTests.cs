using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AeVae.Tests;

public sealed class ArchitectureTests
{
    // The house: who may reference whom. An arrow that is missing here must not appear in a project file.
    static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Compute"] = [],
        ["Tracking"] = [],
        ["Data"] = ["Compute"],
        ["Models"] = ["Data", "Compute"],
        ["Reports"] = ["Tracking"],
        ["Runner"] = ["Reports", "Tracking", "Models", "Data", "Compute"],
    };

    static readonly string Root = FindRoot();

    [Fact]
    public void EveryProjectOfTheHouseIsKnown() =>
        Assert.Equal(Allowed.Keys.Order(), Directory.GetDirectories(Path.Combine(Root, "src")).Select(Path.GetFileName).Order());

    [Theory]
    [InlineData("Compute")]
    [InlineData("Tracking")]
    [InlineData("Data")]
    [InlineData("Models")]
    [InlineData("Reports")]
    [InlineData("Runner")]
    public void AProjectReferencesOnlyWhatTheArrowsAllow(string project) =>
        Assert.Empty(References(project).Except(Allowed[project]).Select(reference => $"{project} → {reference}"));

    [Theory]
    [InlineData("Compute", "")]
    [InlineData("Data", "Compute")]
    [InlineData("Models", "Compute Data")]
    [InlineData("Tracking", "")]
    [InlineData("Reports", "Tracking")]
    public void SourceFilesNameOnlyWhatTheArrowsAllow(string project, string allowed)
    {
        string[] forbidden = [.. Allowed.Keys.Except(allowed.Split(' ')).Where(other => other != project)];
        IEnumerable<string> offences =
            from file in Directory.EnumerateFiles(Path.Combine(Root, "src", project), "*.cs", SearchOption.AllDirectories)
            from line in File.ReadLines(file)
            from other in forbidden
            where line.StartsWith($"using AeVae.{other}", StringComparison.Ordinal)
            select $"{Path.GetRelativePath(Root, file)}: {line}";
        Assert.Empty(offences);
    }

    [Fact]
    public void FoldersOfTheRunnerNameOnlyThoseBeforeThem()
    {
        string[] order = ["Invocation", "Specs", "Execution", "Sweeps", "Slurm", "Verifying", "Diffing", "Views", "Serving", "Exporting", "Commands"];
        string runner = Path.Combine(Root, "src", "Runner");
        Assert.Equal(order.Order(), Directory.GetDirectories(runner).Select(folder => Path.GetFileName(folder)!).Order());
        IEnumerable<string> offences =
            from file in Directory.EnumerateFiles(runner, "*.cs", SearchOption.AllDirectories)
            let folder = Path.GetRelativePath(runner, file).Split(Path.DirectorySeparatorChar)[0]
            from line in File.ReadLines(file)
            from later in order.Skip(Array.IndexOf(order, folder) + 1)
            where folder != "Program.cs" && Regex.IsMatch(line, $@"^using .*AeVae\.Runner\.{later}\b|(?<![\w.]){later}\.[A-Z]")
            select $"{Path.GetRelativePath(Root, file)}: {line}";
        Assert.Empty(offences);
    }

    [Fact]
    public void TheArithmeticHasNoPackages() =>
        Assert.Empty(Project("Compute").Descendants("PackageReference").Select(package => (string?)package.Attribute("Include")));

    [Fact]
    public void NoTypeIsNamedManagerHelperUtilsOrCommon()
    {
        string[] vague = ["Manager", "Helper", "Helpers", "Utils", "Util", "Common", "Impl"];
        Assert.DoesNotContain(
            Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file)),
            name => vague.Any(word => name.EndsWith(word, StringComparison.Ordinal)));
    }

    static IEnumerable<string> References(string project) => Project(project).Descendants("ProjectReference")
        .Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')));

    static XDocument Project(string project) => XDocument.Load(Path.Combine(Root, "src", project, $"{project}.csproj"));

    static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AeVae.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("AeVae.sln stands in no folder above the tests");
    }
}

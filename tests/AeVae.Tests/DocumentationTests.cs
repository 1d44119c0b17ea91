using System.Text.RegularExpressions;
using AeVae.Models;
using AeVae.Runner.Specs;
using AeVae.Tests.Runner.Specs;

namespace AeVae.Tests;

public sealed class DocumentationTests
{
    static readonly string Root = Path.GetFullPath(Path.Combine(ExperimentFiles.Shipped, ".."));

    static readonly string[] Folders = ["", "experiments", "src"];

    public static TheoryData<string> Documents =>
    [
        .. Folders
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder)).Where(file => Path.GetExtension(file) is ".md" or ".yaml"))
            .Select(file => Path.GetRelativePath(Root, file)),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void EveryMetricAndKeyThatADocumentNamesExists(string document)
    {
        // val.loss is a metric, train.learning_rate a key; vae-2d.yaml ends like neither.
        var named = Regex.Matches(File.ReadAllText(Path.Combine(Root, document)), @"(?<![\w/.-])(train|val|validation|test|data|model|loss|eval|checkpoint)\.([a-z][a-z_]*(?:\.[a-z_]+)?)(?![\w/])")
            .Select(match => (Text: match.Value, Split: match.Groups[1].Value, Name: match.Groups[2].Value));

        Assert.Empty(named
            .Where(name => SpecKeys.All.All(key => key.Path != name.Text) && !(name.Split is "train" or "val" or "validation" or "test" && Metrics.Find(name.Name) is not null))
            .Select(name => name.Text));
    }

    [Fact]
    public void EveryFileThatTheGuideThroughTheCodeNamesExists()
    {
        string guide = File.ReadAllText(Path.Combine(Root, "src", "README.md"));
        string[] paths = [.. Regex.Matches(guide, "`([A-Z]\\w*(?:/\\w+)+(?:\\.\\w+)?)`").Select(match => match.Groups[1].Value)];

        Assert.NotEmpty(paths);
        Assert.All(paths, path => Assert.True(Path.Exists(Path.Combine(Root, "src", path)), path));
    }
}

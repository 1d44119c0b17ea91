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

        string[] files = [.. Regex.Matches(guide, "`(\\w+\\.(?:cs|sql))`").Select(match => match.Groups[1].Value)];
        HashSet<string> sources = [.. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file))];
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Contains(file, sources));
    }

    public static TheoryData<string> Pages =>
    [
        .. Folders.Append("tests")
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.md", folder.Length == 0 ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Root, file)),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryLinkOfADocumentLeadsSomewhere(string page)
    {
        string path = Path.Combine(Root, page), text = File.ReadAllText(path);
        foreach (Match link in Regex.Matches(text, @"\]\(([^)#\s]*)(?:#([^)\s]+))?\)"))
        {
            (string file, string anchor) = (link.Groups[1].Value, link.Groups[2].Value);
            if (file.Contains(':', StringComparison.Ordinal)) continue;     // of the web
            string target = file.Length == 0 ? path : Path.Combine(Path.GetDirectoryName(path)!, Uri.UnescapeDataString(file));
            Assert.True(Path.Exists(target), $"{page} links to {link.Value[2..^1]}, which is not there");
            if (anchor.Length > 0) Assert.Contains(anchor, Headings(File.ReadAllText(target)));
        }
    }

    /// <summary>Headings as GitHub links to them.</summary>
    static IEnumerable<string> Headings(string markdown) => Regex.Matches(markdown, @"^#+ +(.+?)\s*$", RegexOptions.Multiline)
        .Select(heading => Regex.Replace(heading.Groups[1].Value.ToLowerInvariant(), @"[^\w\- ]", "").Replace(' ', '-'));
}

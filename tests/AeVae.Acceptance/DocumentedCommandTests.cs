using System.Text.RegularExpressions;

namespace AeVae.Acceptance;

public sealed partial class DocumentedCommandTests : IDisposable
{
    static readonly string[] Documents = ["README.md", "CONTRIBUTING.md", "experiments/README.md", "src/README.md"];

    readonly RunnerProgram _runner = new();

    [Fact]
    public void EveryCommandAndOptionInTheDocumentsExists()
    {
        Dictionary<string, string> help = [];
        foreach (string command in DocumentedCommands())
        {
            string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string name = words is [_, "data", var verb, ..] ? $"data {verb}" : words.Length > 1 && !words[1].StartsWith('-') ? words[1] : "";
            if (!help.TryGetValue(name, out string? text))
            {
                Finished finished = _runner.Run([.. name.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
                Assert.True(finished.ExitCode == 0 && finished.Error.Length == 0, $"'{command}': {finished}");
                help[name] = text = finished.Output;
            }

            foreach (string option in words.Where(word => word.StartsWith('-')))
                Assert.True(Regex.IsMatch(text, $@"(?<![\w-]){Regex.Escape(option)}(?![\w-])"), $"'{command}' in the documents, but `runner {name} --help` knows no {option}:\n{text}");
        }
    }

    [Fact]
    public void EveryExperimentNamedInTheDocumentsExistsAndIsValid()
    {
        string[] commands = [.. DocumentedCommands()];
        IEnumerable<string> written = commands.Where(command => command.Contains(" init ", StringComparison.Ordinal)).SelectMany(Files);
        string[] files = [.. commands.SelectMany(Files).Except(written)];
        foreach (string file in files)
        {
            Finished check = _runner.Run("check", Path.Combine(RunnerProgram.RepositoryRoot, file));
            Assert.True(check.ExitCode == 0, check.ToString());
        }
    }

    static IEnumerable<string> Files(string command) => command.Split(' ').Where(word => word.StartsWith("experiments/", StringComparison.Ordinal));

    static IEnumerable<string> DocumentedCommands() =>
        from document in Documents
        let path = Path.Combine(RunnerProgram.RepositoryRoot, document)
        where File.Exists(path)
        from Match block in CodeBlock().Matches(File.ReadAllText(path))
        from line in block.Groups[1].Value.Split('\n')
        let text = line.Trim().TrimStart('$').Trim()
        where text.StartsWith("./runner", StringComparison.Ordinal)
        select Comment().Replace(text, "");

    [GeneratedRegex(@"^```[^\n]*\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\s+#.*$")]
    private static partial Regex Comment();

    public void Dispose() => _runner.Dispose();
}

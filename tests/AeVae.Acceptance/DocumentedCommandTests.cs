using System.Text.RegularExpressions;

namespace AeVae.Acceptance;

public sealed partial class DocumentedCommandTests : IDisposable
{
    static readonly string[] Documents = ["README.md", "CONTRIBUTING.md", "experiments/README.md", "src/README.md", "src/Compute/README.md"];

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
        let text = File.ReadAllText(path)
        from line in CodeBlock().Matches(text).SelectMany(block => block.Groups[1].Value.Split('\n')).Concat(CodeInLine().Matches(CodeBlock().Replace(text, "")).Select(code => code.Groups[1].Value))
        let command = Command().Match(line)
        where command.Success
        select Comment().Replace(command.Groups[1].Value, "");

    [GeneratedRegex(@"`([^`\n]+)`")]
    private static partial Regex CodeInLine();

    // A shell's prompt and variables may stand before it.
    [GeneratedRegex(@"^\s*(?:\$\s+)?(?:\w+=\S+\s+)*(\./runner(?:\s+\w.*)?)$")]
    private static partial Regex Command();

    [GeneratedRegex(@"^```[^\n]*\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\s+#.*$")]
    private static partial Regex Comment();

    public void Dispose() => _runner.Dispose();
}

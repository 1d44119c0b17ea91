using System.CommandLine;
using AeVae.Runner.Commands;
using AeVae.Runner.Invocation;
using AeVae.Tests.Runner.Specs;

namespace AeVae.Tests.Runner;

public sealed class CommandLineTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aevae").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AMistypedCommandNamesTheNearestOne()
    {
        (int exitCode, string output, string error) = Run("lsit");
        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.Contains("there is no 'lsit'. Did you mean 'list'?", error, StringComparison.Ordinal);
        Assert.Equal("", output);
    }

    [Fact]
    public void AMistypedOptionNamesTheNearestOne()
    {
        (int exitCode, _, string error) = Run("run", "x.yaml", "--theads", "2");
        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.Contains("Did you mean '--threads'?", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--jsno", "--json", "show", "--jsno")]
    [InlineData("--theads", "--threads", "run", "--theads", "4", "x.yaml")]
    public void AMistypedOptionIsNotTakenForAnArgument(string typed, string meant, params string[] arguments)
    {
        (int exitCode, _, string error) = Run(arguments);
        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.StartsWith($"error: there is no '{typed}'. Did you mean '{meant}'?", error, StringComparison.Ordinal);
        Assert.DoesNotContain("'4'", error, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatFollowsTwoDashesIsNoOption()
    {
        (int exitCode, _, string error) = Run("check", "--", "--theads.yaml", "-");
        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.Contains("--theads.yaml: the file does not exist.", error, StringComparison.Ordinal);
        Assert.Contains("-: names no file; standard input is /dev/stdin.", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run takes one FILE, and 'b.yaml' is one too many.", "run", "a.yaml", "b.yaml")]
    [InlineData("diff takes A and B, and 'c' is one too many.", "diff", "a", "b", "c")]
    public void AnArgumentTooManyIsCalledSo(string refusal, params string[] arguments)
    {
        (int exitCode, _, string error) = Run(arguments);
        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.StartsWith($"error: {refusal}\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingArgumentIsNamed()
    {
        (int exitCode, _, string error) = Run("run");
        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.Contains("run needs FILE.", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run", "x.yaml", "--threads", "abc", "as a whole number")]
    [InlineData("run", "x.yaml", "--threads", "0", "must be 1 to 256")]
    [InlineData("run", "x.yaml", "--tag", "two words", "without white space and commas")]
    [InlineData("run", "x.yaml", "--tag", "two,words", "Repeat the option for several.")]
    [InlineData("run", "x.yaml", "--seed", "-1", "as a whole number from 0")]
    [InlineData("list", "--all", "-n", "0", "1 run or more")]
    [InlineData("list", "--all", "--status", "done", "'completed'")]
    [InlineData("data", "verify", "mnits", "--quiet", "'mnist'")]
    public void ABadValueSaysWhatIsAllowed(string command, string argument, string option, string value, string allowed)
    {
        (int exitCode, _, string error) = Run(command, argument, option, value);
        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.Contains(allowed, error, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingDataIsAnErrorWhereItWasNamed()
    {
        string folder = Directory.CreateTempSubdirectory("aevae data ").FullName;
        try
        {
            (int exitCode, string output, string error) = Run("data", "verify", "mnist", "--data", folder);
            Assert.Equal(ExitCodes.Storage, exitCode);
            Assert.Contains("missing", output, StringComparison.Ordinal);
            Assert.Contains("data fetch mnist", error, StringComparison.Ordinal);
            Assert.Equal(ExitCodes.Ok, Run("data", "verify", "--data", folder).ExitCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("", "--name 'a b': 'name' must be ", "--name", "a b")]
    [InlineData("sweep: {seeds: [1]}", "--seed 5: 'sweep.seeds' sets the seed of every trial. Change that list: --set 'sweep.seeds=[5]'.", "--seed", "5")]
    [InlineData("", "--seed 5: the seed is given twice, also by --set seed=6. Leave one of the two out.", "--seed", "5", "--set", "seed=6")]
    [InlineData("", "--name b: the name is given twice, also by --set name=a. Leave one of the two out.", "--set", "name=a", "--name", "b")]
    public void AProblemOfAnOptionOfRunNamesTheOptionThatWasTyped(string more, string expected, params string[] options)
    {
        using ExperimentFiles files = new ExperimentFiles().Add("x.yaml", $"{ExperimentFiles.Least}{more}\n");
        (int exitCode, _, string error) = Run(["run", files.Path("x.yaml"), "--dry-run", .. options]);
        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.StartsWith(expected, Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nan")]
    [InlineData("inf")]
    [InlineData("true")]
    [InlineData("1e5")]
    [InlineData("null")]
    public void ANameThatYamlTakesForSomethingElseIsAName(string name)
    {
        using ExperimentFiles files = new ExperimentFiles().Add("x.yaml", ExperimentFiles.Least);
        Assert.Matches($"(?m)^name +{name}$", Run("run", files.Path("x.yaml"), "--dry-run", "--name", name).Output);
    }

    [Fact]
    public void AnErrorCannotColourTheTerminal() =>
        Assert.Contains("'a ␛[31m'", Run("run", "x.yaml", "--tag", "a \e[31m").Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("'--db' is empty.", "list", "--db", "")]
    [InlineData("'--data' is empty.", "data", "list", "--data", "")]
    [InlineData("'--output' is empty.", "report", "@last", "-o", "")]
    [InlineData("has an empty name. Nothing was merged.", "merge", "")]
    [InlineData("the name of the file to write is empty", "init", "")]
    [InlineData("a b.yaml: the experiment is named like its file", "init", "a b.yaml")]
    [InlineData("--json and --format markdown exclude each other", "schema", "--format", "markdown", "--json")]
    public void AnEmptyOrUnfitArgumentIsExplained(string expected, params string[] arguments)
    {
        (int exitCode, _, string error) = Run(arguments);
        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutACommandTheFirstOneToTypeIsShown()
    {
        (int exitCode, string output, _) = Run();
        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.Contains("run experiments/quickstart.yaml", output, StringComparison.Ordinal);
    }

    [Fact]
    public void ABugHasAnExitCodeOfItsOwn()
    {
        using FaultyWriter output = new("quickstart");
        using StringWriter error = new();
        Assert.Equal(70, CommandLine.Run([], output, error));
        Assert.StartsWith("error: this is a bug of AeVae: InvalidOperationException: planted\n", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AListOfNothingSaysWhatToDo()
    {
        (int exitCode, string output, string error) = Run("list", "--db", Path.Combine(_folder, "results.db"));
        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.Equal("", output);
        Assert.Contains("no runs in", error, StringComparison.Ordinal);
        Assert.Contains($"experiments/quickstart.yaml --db {_folder}", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void AnEmptyDatabaseIsAListOfNothing()
    {
        string database = Path.Combine(_folder, "results.db");
        File.WriteAllText(database, "");
        (int exitCode, _, string error) = Run("list", "--db", database);
        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.Contains("no runs in", error, StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderIsNoDatabase()
    {
        (int exitCode, _, string error) = Run("list", "--db", _folder);
        Assert.Equal(ExitCodes.Storage, exitCode);
        Assert.Contains("is a folder. Name a file with --db.", error, StringComparison.Ordinal);
    }

    [Fact]
    public void AnAtSignSelectsARunAndNotAFileOfArguments()
    {
        (int exitCode, _, string error) = Run("show", "@last", "--db", Path.Combine(_folder, "results.db"));
        Assert.Equal(ExitCodes.NoSuchRun, exitCode);
        Assert.Contains("no runs in", error, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryCommandAndOptionHasADescription()
    {
        Assert.Empty(Undescribed(CommandLine.Create(new GlobalOptions())));

        static IEnumerable<string> Undescribed(Command command) =>
        [
            .. string.IsNullOrWhiteSpace(command.Description) ? [command.Name] : Array.Empty<string>(),
            .. command.Options.Where(option => string.IsNullOrWhiteSpace(option.Description)).Select(option => $"{command.Name} {option.Name}"),
            .. command.Arguments.Where(argument => string.IsNullOrWhiteSpace(argument.Description)).Select(argument => $"{command.Name} {argument.Name}"),
            .. command.Subcommands.SelectMany(Undescribed),
        ];
    }

    [Fact]
    public void ACommandIsTheSameAloneInItsTree()
    {
        foreach (Command command in CommandLine.Create(new GlobalOptions()).Subcommands)
        {
            Command alone = Assert.Single(CommandLine.Create(new GlobalOptions(), command.Name).Subcommands);
            Assert.Equal(Names(command), Names(alone));
        }

        static IEnumerable<string> Names(Command command) =>
            [command.Name, .. command.Arguments.Select(argument => argument.Name), .. command.Options.Select(option => option.Name), .. command.Subcommands.SelectMany(Names)];
    }

    [Theory]
    [InlineData(null)]
    [InlineData("--help")]
    [InlineData("--json")]
    [InlineData("lsit")]
    public void WhatNamesNoCommandFindsThemAll(string? first) =>
        Assert.Equal(CommandLine.Create(new GlobalOptions()).Subcommands.Select(command => command.Name), CommandLine.Create(new GlobalOptions(), first).Subcommands.Select(command => command.Name));

    [Fact]
    public void ANumberThatIsNoneIsExplainedWithoutTypesOfDotNet()
    {
        foreach ((Command command, Option option) in CommandLine.Create(new GlobalOptions()).Subcommands.SelectMany(command => command.Options.Where(IsNumber).Select(option => (command, option))))
        {
            (int exitCode, _, string error) = Run([command.Name, .. command.Arguments.Select(_ => "x"), option.Name, "1e3"]);
            Assert.Equal(ExitCodes.UserError, exitCode);
            Assert.Contains($"'1e3' for option '{option.Name}' as a whole number", error, StringComparison.Ordinal);
        }

        static bool IsNumber(Option option) => option.ValueType != typeof(string) && option.ValueType != typeof(string[]) && option.ValueType != typeof(bool) && !option.ValueType.IsEnum && option.ValueType.Namespace == "System";
    }

    static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int exitCode = CommandLine.Run(arguments, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}

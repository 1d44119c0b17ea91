using System.Security.Cryptography;
using System.Text;
using AeVae.Tracking.Code;

namespace AeVae.Tests.Tracking.Code;

public sealed class GitStateTests : IDisposable
{
    readonly GitFolder _git = new();

    public void Dispose() => _git.Dispose();

    [Fact]
    public void AFolderThatIsNoCheckoutSaysSo()
    {
        GitState state = Read();
        Assert.Equal("it is no git checkout", state.Absence);
        Assert.Null(state.Commit);
    }

    [Fact]
    public void WithoutGitItSaysThat() =>
        Assert.Equal("git is not installed", new GitProgram(_git.Folder, "git-that-is-not-there").Ask(["status"], (_, _, _) => { }));

    [Fact]
    public void ADamagedRepositoryGivesGitsOwnWords()
    {
        _git.CommitOneFile();
        _git.Write(".git/config", "[core");
        Assert.StartsWith("git says: fatal: bad config", Read().Absence, StringComparison.Ordinal);
    }

    [Fact]
    public void ACleanCheckoutHasItsCommitAndBranchAndNoPatch()
    {
        _git.CommitOneFile();
        GitState state = Read();
        Assert.Equal((_git.Run("rev-parse", "HEAD").Trim(), "trunk", null), (state.Commit, state.Branch, state.Absence));
        Assert.Empty(state.Changes);
        Assert.Null(state.Patch);
    }

    [Fact]
    public void ARepositoryWithoutACommitHasABranch()
    {
        _git.Init();
        GitState state = Read();
        Assert.Equal((null, "trunk", null), (state.Commit, state.Branch, state.Patch));
        Assert.Empty(state.Changes);
        _git.Write("model.cs", "new");
        Assert.Equal([new GitChange("new", "model.cs")], Read().Changes);
    }

    [Fact]
    public void ADetachedCheckoutHasNoBranch()
    {
        _git.CommitOneFile();
        _git.Run("checkout", "-q", "--detach");
        Assert.Null(Read().Branch);
        Assert.NotNull(Read().Commit);
    }

    [Fact]
    public void ThePatchOfAnEditIsWhatGitWrites()
    {
        _git.CommitOneFile();
        _git.Write("model.cs", "edited");
        string diff = _git.Run("diff", "HEAD", "--binary", "--full-index");
        Assert.Equal(new GitPatch(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(diff))), diff), Read().Patch);
    }

    [Fact]
    public void ThePatchDoesNotDependOnTheUsersSettings()
    {
        _git.CommitOneFile();
        _git.Write("model.cs", string.Join('\n', Enumerable.Range(1, 30)));
        _git.Write("ä.cs", "new");
        _git.Run("add", "--intent-to-add", ".");
        GitPatch? patch = Read().Patch;
        foreach (string setting in (string[])["diff.noprefix true", "diff.mnemonicPrefix true", "diff.context 1", "diff.algorithm patience", "color.diff always", "core.quotePath true", "diff.external false"])
            _git.Run(["config", .. setting.Split(' ')]);
        Assert.Equal(patch, Read().Patch);
    }

    [Theory]
    [InlineData("results.db")]
    [InlineData("results.db-wal")]
    [InlineData("reports/a.md")]
    [InlineData("exports/a/runs.csv")]
    [InlineData("experiments/reports/a/report.md")]
    [InlineData("runs/x/log.jsonl")]
    [InlineData("data/mnist/train")]
    [InlineData("tries [1]/x*.db")]
    [InlineData("tries [1]/x*.db-wal")]
    [InlineData("tries [1]/runs/x/log.jsonl")]
    [InlineData("tries [1]/reports/x/report.md")]
    [InlineData("tries [1]/exports/x/runs.csv")]
    public void WhatARunWritesIsNoChange(string path)
    {
        _git.CommitOneFile();
        _git.Write(path, "new");
        Assert.Empty(Read("tries [1]/x*.db").Changes);
        _git.Run("add", "--force", path);
        Assert.Empty(Read("tries [1]/x*.db").Changes);
        Assert.Null(Read("tries [1]/x*.db").Patch);
    }

    [Fact]
    public void AResultsFileOutsideOfTheProjectIsNoObstacle()
    {
        _git.CommitOneFile();
        _git.Write("model.cs", "edited");
        Assert.Single(Read("../elsewhere.db").Changes);
    }

    [Fact]
    public void EveryKindOfChangeIsNamed()
    {
        _git.CommitOneFile();
        _git.Write("away.cs", "1");
        _git.Write("moved.cs", "a file\nwith some\nlines\n");
        _git.Commit();
        File.Delete(Path.Combine(_git.Folder, "away.cs"));
        _git.Run("mv", "moved.cs", "place.cs");
        _git.Write("model.cs", "edited");
        _git.Write("füll text.txt", "new");
        _git.Write("folder/a.txt", "new");
        Assert.Equal(
            [new("deleted", "away.cs"), new("modified", "model.cs"), new("deleted", "moved.cs"), new("new", "place.cs"), new("new", "folder/"), new("new", "füll text.txt")],
            Read().Changes);
    }

    [Fact]
    public void AConflictIsNamed()
    {
        _git.CommitOneFile();
        _git.Run("checkout", "-q", "-b", "other");
        _git.Write("model.cs", "theirs");
        _git.Commit();
        _git.Run("checkout", "-q", "trunk");
        _git.Write("model.cs", "ours");
        _git.Commit();
        Assert.Throws<Xunit.Sdk.EqualException>(() => _git.Run("merge", "-q", "other"));
        Assert.Equal([new GitChange("in conflict", "model.cs")], Read().Changes);
        Assert.NotNull(Read().Patch);
    }

    [Fact]
    public void ThePatchTurnsTheCommitIntoWhatWasThere()
    {
        _git.CommitOneFile();
        _git.Write("away.cs", "1");
        _git.Write("picture.png", [137, 80, 0, 255]);
        _git.Commit();
        File.Delete(Path.Combine(_git.Folder, "away.cs"));
        (string Path, byte[] Content)[] files =
        [
            ("model.cs", "edited\r\n"u8.ToArray()), ("picture.png", [0, 1, 2, 254]), ("new.cs", "one\ntwo\n"u8.ToArray()), ("src/no end.cs", "one\ntwo"u8.ToArray()), ("line.cs", "ä\n"u8.ToArray()),
            ("empty.cs", []), ("Ünïcode.props", "<a/>\r\n"u8.ToArray()), ("two\"quotes\\.cs", "\n\n"u8.ToArray()),
        ];
        foreach ((string path, byte[] content) in files)
            _git.Write(path, content);
        string patch = Read().Patch!.Text!;

        _git.Run("stash", "-q", "-u");
        Assert.True(File.Exists(Path.Combine(_git.Folder, "away.cs")));
        string file = Path.Combine(_git.Folder, ".git", "patch");
        File.WriteAllText(file, patch);
        _git.Run("apply", file);
        Assert.All(files, expected => Assert.Equal(expected.Content, File.ReadAllBytes(Path.Combine(_git.Folder, expected.Path))));
        Assert.False(File.Exists(Path.Combine(_git.Folder, "away.cs")));
        Assert.Equal([.. files.Select(expected => expected.Path).Append("away.cs").Order(StringComparer.Ordinal)], PatchFile.Split(patch).Select(part => part.Path.Replace("\\\"", "\"").Replace("\\\\", "\\")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AFileThatWasOnlyTakenOutOfTheIndexIsOneFileOfThePatch()
    {
        _git.CommitOneFile();
        _git.Write("other.cs", "1\n");
        _git.Commit();
        _git.Run("rm", "-q", "--cached", "model.cs");
        _git.Write("model.cs", "edited\ntwice");
        _git.Write("other.cs", "2\n");
        string patch = Read().Patch!.Text!;
        Assert.Equal([("model.cs", 2, 1), ("other.cs", 1, 1)], PatchFile.Split(patch).Select(part => (part.Path, part.Added, part.Removed)));

        _git.Run("reset", "-q", "--hard");
        string file = Path.Combine(_git.Folder, ".git", "patch");
        File.WriteAllText(file, string.Concat(PatchFile.Split(patch).Select(part => part.Text)));
        _git.Run("apply", file);
        Assert.Equal("edited\ntwice", File.ReadAllText(Path.Combine(_git.Folder, "model.cs")));
        _git.Run("reset", "-q", "--hard");
        File.WriteAllText(file, patch);
        _git.Run("apply", file);
        Assert.Equal("edited\ntwice", File.ReadAllText(Path.Combine(_git.Folder, "model.cs")));
    }

    [Fact]
    public void ANewFileIsInThePatchOnlyWhenTheProgramIsBuiltFromIt()
    {
        _git.CommitOneFile();
        _git.Write(".gitignore", "ignored.cs");
        _git.Commit();
        foreach (string path in (string[])["new.yaml", "notes.txt", ".env", "ignored.cs", "runs/x/copy.cs"])
            _git.Write(path, "new");
        Assert.Null(Read().Patch);
        _git.Write("sub/new.cs", "new");
        Assert.Equal("sub/new.cs", Assert.Single(PatchFile.Split(Read().Patch!.Text!)).Path);
    }

    [Fact]
    public void InASubfolderOfACheckoutPathsAreThoseOfTheCheckout()
    {
        _git.CommitOneFile();
        _git.Write("model.cs", "edited");
        _git.Write("project/new.cs", "new");
        GitState state = GitState.Read(Path.Combine(_git.Folder, "project"));
        Assert.Equal("project/new.cs", Assert.Single(PatchFile.Split(state.Patch!.Text!)).Path);
    }

    [Fact]
    public void AHugePatchHasADigestAndNoText()
    {
        _git.CommitOneFile();
        _git.Write("model.cs", string.Join('\n', Enumerable.Range(0, 200_000)));
        GitPatch patch = Read().Patch!;
        Assert.Null(patch.Text);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_git.Run("diff", "HEAD", "--binary", "--full-index")))), patch.Sha256);
    }

    [Fact]
    public void AHugeNewFileIsInThePatchByItsDigest()
    {
        _git.CommitOneFile();
        byte[] huge = new byte[(1 << 20) + 1];
        _git.Write("huge.cs", huge);
        Assert.EndsWith($"SHA-256 {Convert.ToHexStringLower(SHA256.HashData(huge))}\n", Read().Patch!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void OfAFileThatIsNoUtf8OnlyTheHeaderIsKept()
    {
        _git.CommitOneFile();
        _git.Write("model.cs", [(byte)'a', 0xE4, (byte)'\n']);
        _git.Write("new.cs", [0xFF]);
        _git.Write("zero.cs", "fine � fine");
        GitPatch patch = Read().Patch!;
        Assert.Equal(
            [("model.cs", false), ("new.cs", false), ("zero.cs", true)],
            PatchFile.Split(patch.Text!).Select(file => (file.Path, file.Text.Contains("+fine � fine", StringComparison.Ordinal))));
        Assert.Equal([false, false, true], PatchFile.Split(patch.Text!).Select(file => file.IsWhole));
        Assert.Contains("Not stored: the text is not UTF-8\n", patch.Text, StringComparison.Ordinal);
        _git.Write("model.cs", [(byte)'a', 0xE5, (byte)'\n']);
        Assert.NotEqual(patch.Sha256, Read().Patch!.Sha256);
    }

    GitState Read(string database = "results.db") => GitState.Read(_git.Folder, Path.GetFullPath(database, _git.Folder));
}

using System.Diagnostics;

namespace AeVae.Tests.Tracking;

/// <summary>A temporary folder in which a test may make a repository.</summary>
sealed class GitFolder : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("aevae-git-").FullName;

    public string Database => Path.Combine(Folder, "results.db");

    public void CommitOneFile()
    {
        Init();
        Write("model.cs", "original");
        Commit();
    }

    public void Init() => Run("init", "-q", "-b", "trunk");

    public void Commit()
    {
        Run("add", ".");
        Run("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false", "commit", "-q", "-m", "Work");
    }

    public void Write(string path, string text) => Write(path, System.Text.Encoding.UTF8.GetBytes(text));

    public void Write(string path, byte[] content)
    {
        string full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, content);
    }

    public string Run(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    public void Dispose()
    {
        foreach (string file in Directory.GetFiles(Folder, "*", SearchOption.AllDirectories))
            File.SetAttributes(file, FileAttributes.Normal);   // git's objects are read-only, and Windows minds
        Directory.Delete(Folder, recursive: true);
    }
}

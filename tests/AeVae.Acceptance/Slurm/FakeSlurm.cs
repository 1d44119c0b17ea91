using System.Globalization;

namespace AeVae.Acceptance.Slurm;

/// <summary>Programs with the names of Slurm's that write down their arguments and answer what a test puts into files.</summary>
internal sealed class FakeSlurm
{
    // "refuse" holds what Slurm says; "accept" how many jobs it takes before it says so.
    const string Sbatch = """
        #!/bin/sh
        here=$(dirname "$0")
        jobs=$(ls "$here" | grep -c '^job-')
        if [ -e "$here/refuse" ] && [ "$jobs" -ge "$(cat "$here/accept" 2>/dev/null || echo 0)" ]; then cat "$here/refuse" >&2; exit 1; fi
        printf '%s\n' "$@" > "$here/job-$((jobs + 101))"
        echo $((jobs + 101))
        """;

    const string Scontrol = """
        #!/bin/sh
        here=$(dirname "$0")
        if [ "$1" = show ]; then
            if [ -e "$here/down" ]; then cat "$here/down" >&2; exit 1; fi
            echo "MaxArraySize            = $(cat "$here/max-array-size" 2>/dev/null || echo 1001)"
        else
            echo "$@" >> "$here/scontrol.log"
        fi
        """;

    const string Squeue = """
        #!/bin/sh
        here=$(dirname "$0")
        if [ -e "$here/down" ]; then cat "$here/down" >&2; exit 1; fi
        cat "$here/queue" 2>/dev/null || true
        """;

    const string Sacct = """
        #!/bin/sh
        echo "Slurm accounting storage is disabled" >&2
        exit 1
        """;

    public FakeSlurm(string folder)
    {
        Folder = Directory.CreateDirectory(Path.Combine(folder, "fake slurm")).FullName;
        foreach ((string name, string script) in ((string, string)[])[("sbatch", Sbatch), ("scontrol", Scontrol), ("squeue", Squeue), ("sacct", Sacct)])
        {
            string path = Path.Combine(Folder, name);
            File.WriteAllText(path, script + "\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public string Folder { get; }

    /// <summary>The environment in which these programs are found first.</summary>
    public (string, string)[] Environment => [("PATH", $"{Folder}:{System.Environment.GetEnvironmentVariable("PATH")}")];

    /// <summary>How often something was submitted.</summary>
    public int Jobs => Directory.GetFiles(Folder, "job-*").Length;

    /// <summary>The arguments of a submission, from 101.</summary>
    public string[] Job(int id) => File.ReadAllLines(Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"job-{id}")));

    /// <summary>Says something by a file: <c>down</c>, <c>refuse</c>, <c>accept</c>, <c>max-array-size</c>, <c>queue</c>.</summary>
    public void Put(string file, string content) => File.WriteAllText(Path.Combine(Folder, file), content);

    public void Remove(string file) => File.Delete(Path.Combine(Folder, file));

    public string Requeued => File.Exists(Path.Combine(Folder, "scontrol.log")) ? File.ReadAllText(Path.Combine(Folder, "scontrol.log")) : "";
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace AeVae.Acceptance.Slurm;

/// <summary>A Slurm of one node on this machine, with its keys, state and ports of its own; ends what it started, and nothing else.</summary>
internal sealed class SlurmCluster : IDisposable
{
    const string Configuration = """
        ClusterName=aevae
        SlurmctldHost={host}(127.0.0.1)
        SlurmctldPort={controller}
        SlurmdPort={daemon}
        SlurmUser=root
        SlurmdUser=root
        AuthType=auth/munge
        AuthInfo=socket={folder}/munge/socket
        CryptoType=crypto/munge
        StateSaveLocation={folder}/state
        SlurmdSpoolDir={folder}/spool
        SlurmctldPidFile={folder}/slurmctld.pid
        SlurmdPidFile={folder}/slurmd.pid
        SlurmctldLogFile={folder}/slurmctld.log
        SlurmdLogFile={folder}/slurmd.log
        ProctrackType=proctrack/linuxproc
        TaskPlugin=task/none
        SelectType=select/cons_tres
        SelectTypeParameters=CR_CPU
        JobAcctGatherType=jobacct_gather/none
        AccountingStorageType=accounting_storage/none
        MpiDefault=none
        ReturnToService=2
        SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=0,defer_batch
        MaxArraySize=1001
        NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} State=UNKNOWN
        PartitionName=tests Nodes={host} Default=YES MaxTime=INFINITE State=UP

        """;

    readonly string _folder;
    readonly List<Process> _started = [];

    public SlurmCluster()
    {
        foreach (string program in (string[])["munged", "slurmctld", "slurmd", "sbatch"])
            Skip.If(RunnerProgram.Which(program) is null, $"{program} is not installed (Debian: slurm-wlm and munge)");
        Skip.IfNot(Environment.UserName == "root", "only root may start Slurm's daemons");
        _folder = Directory.CreateTempSubdirectory("aevae-slurm-").FullName;   // without blanks, which slurm.conf cannot hold
        try
        {
            Start();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Makes Slurm's programs ask this cluster.</summary>
    public (string, string)[] Environ => [("SLURM_CONF", Path.Combine(_folder, "slurm.conf"))];

    /// <summary>Calls one of Slurm's programs.</summary>
    public string Call(string program, params string[] arguments)
    {
        using Process process = Process.Start(Prepared(program, arguments))!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output + error.Result;
    }

    /// <summary>Calls one of Slurm's programs until the result is disposed.</summary>
    public IDisposable Begin(string program, params string[] arguments) => new Running(Process.Start(Prepared(program, arguments))!);

    /// <summary>Ends the controller, as a crash of its machine would.</summary>
    public void KillController()
    {
        Process controller = _started[1];
        controller.Kill();
        controller.WaitForExit();
    }

    public void Dispose()
    {
        if (_started.Count == 3)
            Call("scancel", "--state=RUNNING", "--state=PENDING", "--full", "--signal=KILL");
        foreach (Process process in Enumerable.Reverse(_started))
        {
            if (!process.HasExited)
                FakeTask.Signal(process, "TERM");
            if (!process.WaitForExit(TimeSpan.FromSeconds(10)))
                process.Kill();
            process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    void Start()
    {
        foreach (string name in (string[])["munge", "state", "spool"])
            Directory.CreateDirectory(Path.Combine(_folder, name));
        string munge = Path.Combine(_folder, "munge"), configuration = Path.Combine(_folder, "slurm.conf"), host = Dns.GetHostName().Split('.')[0];
        File.WriteAllBytes(Path.Combine(munge, "key"), RandomNumberGenerator.GetBytes(128));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(munge, "key"), UnixFileMode.UserRead);
        File.WriteAllText(configuration, Configuration
            .Replace("{host}", host, StringComparison.Ordinal)
            .Replace("{folder}", _folder, StringComparison.Ordinal)
            .Replace("{controller}", FreePort(), StringComparison.Ordinal)
            .Replace("{daemon}", FreePort(), StringComparison.Ordinal)
            .Replace("{cpus}", Math.Min(2, Environment.ProcessorCount).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));

        Daemon("munged", "--foreground", "--force", $"--key-file={munge}/key", $"--socket={munge}/socket", $"--pid-file={munge}/pid", $"--log-file={munge}/log", $"--seed-file={munge}/seed");
        Wait.Until(() => File.Exists(Path.Combine(munge, "socket")), "the start of munged");
        Daemon("slurmctld", "-D", "-f", configuration);
        Daemon("slurmd", "-D", "-f", configuration);
        Wait.Until(() => Call("sinfo", "--noheader", "--format=%t").Trim() == "idle", "an idle node");
    }

    void Daemon(string program, params string[] arguments)
    {
        Process process = Process.Start(Prepared(RunnerProgram.Which(program)!, arguments))!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _started.Add(process);
    }

    ProcessStartInfo Prepared(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder };
        foreach ((string name, string value) in Environ)
            start.Environment[name] = value;
        return start;
    }

    static string FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }

    sealed class Running(Process process) : IDisposable
    {
        public void Dispose()
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Recommender.Functions.Tests.Support;
using Recommender.Functions.Triggers;
using Recommender.Sites;

namespace Recommender.Functions.Tests.Triggers;

public sealed class SchedulerTests
{
    private const string Name = "Count";

    [Fact]
    public async Task A_timer_runs_at_its_schedule()
    {
        var job = new Counting();
        using var deployment = Start(job);

        deployment.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(20));
        await Task.Delay(100);
        Assert.Empty(job.Times);
        await Waiting.UntilAsync(() => job.Times.Count == 1, deployment.Time);
        await Waiting.UntilAsync(() => job.Times.Count == 2, deployment.Time);

        Assert.InRange(job.Times[0], Minute(5), Minute(9));
        Assert.InRange(job.Times[1], Minute(10), Minute(14));
    }

    [Fact]
    public async Task What_a_machine_slept_through_runs_once()
    {
        var job = new Counting();
        using var deployment = Start(job);
        await Waiting.UntilAsync(() => job.Times.Count == 1, deployment.Time);

        deployment.Time.Advance(TimeSpan.FromHours(3));
        await Waiting.UntilAsync(() => job.Times.Count == 2, deployment.Time);
        await Waiting.UntilAsync(() => job.Times.Count == 3, deployment.Time);

        Assert.InRange(job.Times[1], Minute(185), Minute(189));
        Assert.InRange(job.Times[2], Minute(190), Minute(194));
    }

    [Fact]
    public async Task A_failure_does_not_keep_a_timer_from_running_again()
    {
        var job = new Counting { FailsAt = 1 };
        using var deployment = Start(job);

        await Waiting.UntilAsync(() => job.Times.Count == 2, deployment.Time);

        Assert.InRange(job.Times[1], Minute(10), Minute(14));
    }

    [Fact]
    public async Task What_came_due_while_a_job_ran_is_made_up_for_once()
    {
        var job = new Counting { Gate = new() };
        using var deployment = Start(job);
        await Waiting.UntilAsync(() => job.Times.Count == 1, deployment.Time);

        deployment.Time.Advance(TimeSpan.FromMinutes(17));
        job.Gate.SetResult();
        await Waiting.UntilAsync(() => job.Times.Count == 3, deployment.Time);

        Assert.InRange(job.Times[1], Minute(22), Minute(24));
        Assert.InRange(job.Times[2], Minute(25), Minute(29));
    }

    [Fact]
    public async Task Two_processes_do_not_run_a_timer_at_the_same_time()
    {
        var (first, second) = (new Counting { Gate = new() }, new Counting());
        using var deployment = Start(first);
        await Waiting.UntilAsync(() => first.Times.Count == 1, deployment.Time);

        var runner = deployment.Services.GetRequiredService<JobRunner>();
        var skipped = await runner.RunAsync(second, CancellationToken.None);
        first.Gate.SetResult();
        await Waiting.UntilAsync(async () => (await runner.RunAsync(second, CancellationToken.None)).Lines.Count == 0);

        Assert.Equal(["gazette: another process is at it."], skipped.Lines);
        Assert.Empty(skipped.Failures);
        Assert.Single(second.Times);
    }

    [Fact]
    public async Task A_job_that_is_running_completes_before_the_process_ends()
    {
        var job = new Counting { Gate = new() };
        using var deployment = Start(job);
        await Waiting.UntilAsync(() => job.Times.Count == 1, deployment.Time);

        var stopping = SchedulerOf(deployment).StopAsync(CancellationToken.None);
        await Task.Delay(100);
        Assert.False(stopping.IsCompleted);
        job.Gate.SetResult();
        await stopping;

        Assert.Equal(1, job.Completed);
    }

    [Fact]
    public async Task A_job_that_does_not_come_to_an_end_is_stopped_in_time()
    {
        var job = new Counting { Gate = new() };
        using var deployment = Start(job);
        await Waiting.UntilAsync(() => job.Times.Count == 1, deployment.Time);

        var stopping = SchedulerOf(deployment).StopAsync(CancellationToken.None);
        deployment.Time.Advance(TimeSpan.FromSeconds(24));
        await Task.Delay(100);
        Assert.False(stopping.IsCompleted);
        deployment.Time.Advance(TimeSpan.FromSeconds(1));
        await stopping.WaitAsync(TimeSpan.FromSeconds(5));

        Assert.Equal(0, job.Completed);
    }

    [Fact]
    public async Task Turned_off_nothing_runs()
    {
        var job = new Counting();
        using var deployment = Start(job, ("Triggers:Enabled", "false"));

        for (var minute = 0; minute < 12; minute++)
        {
            deployment.Time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(10);
        }

        Assert.Empty(job.Times);
    }

    [Theory]
    [InlineData("*/5 * * * *")]
    [InlineData("every five minutes")]
    [InlineData("0 61 * * * *")]
    public void A_schedule_that_cannot_be_read_keeps_the_application_from_starting(string schedule)
    {
        var wrong = Assert.Throws<InvalidDataException>(() => Deployment.Start(services => Add(services, new Counting(), schedule), ("Triggers:Enabled", "true")));

        Assert.Contains($"'{schedule}'", wrong.Message, StringComparison.Ordinal);
    }

    private static DateTimeOffset Minute(int minutes) => new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero).AddMinutes(minutes);

    private static Scheduler SchedulerOf(Deployment deployment) => deployment.Services.GetServices<IHostedService>().OfType<Scheduler>().Single();

    private static Deployment Start(Counting job, params (string, string?)[] changed)
    {
        var deployment = Deployment.Start(services => Add(services, job, "0 */5 * * * *"), [("Triggers:Enabled", "true"), .. changed]);
        job.Time = deployment.Time;
        return deployment;
    }

    private static void Add(IServiceCollection services, Counting job, string schedule) => services
        .AddSingleton<IJob>(job)
        .AddSingleton(new FunctionManifest(Name, FunctionManifest.Timer, "", [], schedule, null));

    private sealed class Counting : IJob
    {
        private readonly List<DateTimeOffset> times = [];

        public string Name => SchedulerTests.Name;

        public TimeProvider Time { get; set; } = TimeProvider.System;

        public int FailsAt { get; init; }

        public TaskCompletionSource Gate { get; init; } = Opened();

        public int Completed { get; private set; }

        public IReadOnlyList<DateTimeOffset> Times
        {
            get
            {
                lock (times)
                {
                    return [.. times];
                }
            }
        }

        public async Task RunAsync(Site site, Action<string> say, CancellationToken cancellation)
        {
            int count;
            lock (times)
            {
                times.Add(Time.GetUtcNow());
                count = times.Count;
            }

            if (count == FailsAt)
            {
                throw new InvalidOperationException("It rained.");
            }

            await Gate.Task.WaitAsync(cancellation);
            Completed++;
        }

        private static TaskCompletionSource Opened()
        {
            var gate = new TaskCompletionSource();
            gate.SetResult();
            return gate;
        }
    }
}

"""CaseFlow runs pieces as child processes; PieceFlow has a vote with quorum; TimedFlow a timer; WaitingFlow waits."""

from datetime import timedelta

from django.db.models import Q
from django.utils.functional import lazystr
from viewflow import this
from viewflow.workflow import flow

from tests.workflows.engine.machinery.forms import VoteForm, WriteForm
from tests.workflows.engine.machinery.models import Effect, EngineProcess
from workflows.engine import BaseFlow
from workflows.nodes import Children, Each, UserTask, Wait


class PieceFlow(BaseFlow):
    """Write a piece, have it voted on."""

    process_class = EngineProcess

    start = flow.StartHandle(this.begin).Next(this.write)
    write = (
        UserTask(WriteForm)
        .Annotation(title=lazystr("Write"))
        .Permission("machinery.write_piece")
        .Next(this.needs_votes)
    )
    needs_votes = flow.If(lambda a: a.process.piece.quorum > 0).Then(this.open_votes).Else(this.end)
    open_votes = Each(this.votes).Next(this.vote)
    vote = (
        UserTask(VoteForm)
        .Annotation(title=lazystr("Vote"))
        .Permission("machinery.vote_on_piece")
        .Assign(lambda a: a.task.seed.voter)
        .Next(this.tally)
    )
    tally = flow.Join(continue_on_condition=this.is_decided).Next(this.accept)
    accept = flow.Function(this.record).Next(this.end)
    end = flow.End()

    def begin(self, activation, item):
        activation.process.piece = item
        return activation.process

    def votes(self, activation):
        return activation.process.piece.votes.order_by("pk")

    def is_decided(self, activation, active_tasks):
        piece = activation.process.piece
        return piece.votes.filter(in_favour=True).count() >= piece.quorum

    def record(self, activation):
        Effect.objects.create(name=f"accepted {activation.process.piece.name}")


class CaseFlow(BaseFlow):
    """Run all pieces of a case, then close it."""

    process_class = EngineProcess

    start = flow.StartHandle(this.begin).Next(this.pieces)
    pieces = Children(PieceFlow.start, this.all_pieces).Annotation(title=lazystr("Pieces")).Next(this.close)
    close = flow.Function(this.record).Next(this.end)
    end = flow.End()

    def begin(self, activation, case):
        activation.process.case = case
        return activation.process

    def all_pieces(self, activation):
        return activation.process.case.pieces.order_by("pk")

    def record(self, activation):
        Effect.objects.create(name=f"closed {activation.process.case.name}")


class TimedFlow(BaseFlow):
    """Write within a day, or the case ends as late."""

    process_class = EngineProcess

    start = flow.StartHandle(this.begin).Next(this.write)
    write = (
        UserTask(WriteForm)
        .Annotation(title=lazystr("Write in time"))
        .Permission("machinery.write_piece")
        .OnTimeout(timedelta(days=1), this.late)
        .Next(this.end)
    )
    end = flow.End()
    late = flow.End()

    def begin(self, activation, item):
        activation.process.piece = item
        return activation.process


class WaitingFlow(BaseFlow):
    """Wait until somebody names the case "ready", then record it."""

    process_class = EngineProcess

    start = flow.StartHandle(this.begin).Next(this.hold)
    hold = (
        Wait(Q(process__engineprocess__case__name__startswith="ready"))
        .Annotation(title=lazystr("Hold"))
        .Next(this.write)
    )
    write = flow.Function(this.record).Next(this.end)
    end = flow.End()

    def begin(self, activation, case):
        activation.process.case = case
        return activation.process

    def record(self, activation):
        Effect.objects.create(name=f"passed {activation.process.case_id}")

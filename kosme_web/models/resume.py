"""등록된 이력서: typed, true, and never changed after it was written."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kosme_web.models.base import Base, Moment, new_id, now
from kosme_web.models.draft import Photo


class Resume(Base):
    """One published version of a résumé. Months are dates of their first day."""

    __tablename__ = "resume"
    __table_args__ = (UniqueConstraint("draft_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    draft_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    published_at: Mapped[datetime] = mapped_column(Moment, default=now)
    title: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(100))
    english_name: Mapped[str] = mapped_column(String(100))
    name_checked_at: Mapped[datetime | None] = mapped_column(Moment)
    phone_number: Mapped[str] = mapped_column(String(20))
    email: Mapped[str | None] = mapped_column(String(254))
    nationality: Mapped[str] = mapped_column(String(3))
    visa: Mapped[str] = mapped_column(String(10))
    visa_subtype: Mapped[str | None] = mapped_column(String(10))
    visa_expires_on: Mapped[date | None]
    visa_past_reason: Mapped[str | None] = mapped_column(String(20))  # why the date is given though it is over
    road_address: Mapped[str] = mapped_column(String(200))
    english_address: Mapped[str] = mapped_column(String(300))
    postal_code: Mapped[str] = mapped_column(String(5))
    legal_area_code: Mapped[str | None] = mapped_column(String(10))
    road_code: Mapped[str | None] = mapped_column(String(12))
    building_code: Mapped[str | None] = mapped_column(String(26))
    detail_address: Mapped[str] = mapped_column(String(100))
    seeker_type: Mapped[str] = mapped_column(String(20))
    program_type: Mapped[str] = mapped_column(String(20))
    career_kind: Mapped[str] = mapped_column(String(20))
    gap_reason: Mapped[str | None] = mapped_column(String(300))
    second_texts: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))  # by the name of the text
    photo_id: Mapped[UUID | None] = mapped_column(ForeignKey("photo.id", ondelete="SET NULL"), index=True)

    photo: Mapped[Photo | None] = relationship()
    education: Mapped[list[EducationEntry]] = relationship(
        cascade="all, delete-orphan", order_by="EducationEntry.position"
    )
    work: Mapped[list[WorkEntry]] = relationship(cascade="all, delete-orphan", order_by="WorkEntry.position")


class EducationEntry(Base):
    """One university on a published résumé (학력사항)."""

    __tablename__ = "education_entry"
    __table_args__ = (CheckConstraint("left_on >= entered_on", name="left_after_entering"),)

    resume_id: Mapped[UUID] = mapped_column(ForeignKey("resume.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    is_overseas: Mapped[bool]
    university: Mapped[str] = mapped_column(String(100))
    univ_kind: Mapped[str | None] = mapped_column(String(10))
    school_region: Mapped[str | None] = mapped_column(String(10))
    school_country: Mapped[str | None] = mapped_column(String(3))
    major: Mapped[str] = mapped_column(String(100))
    department: Mapped[str] = mapped_column(String(100))
    entered_on: Mapped[date]
    admission_kind: Mapped[str | None] = mapped_column(String(10))
    left_on: Mapped[date | None]
    graduation_kind: Mapped[str] = mapped_column(String(10))
    project_url: Mapped[str] = mapped_column(String(500))
    coursework: Mapped[str] = mapped_column(Text)
    second_texts: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))


class WorkEntry(Base):
    """One job on a published résumé (경력사항)."""

    __tablename__ = "work_entry"
    __table_args__ = (
        CheckConstraint("ended_on >= started_on", name="ended_after_starting"),
        CheckConstraint("(ended_on IS NULL) = is_current", name="current_has_no_end"),
    )

    resume_id: Mapped[UUID] = mapped_column(ForeignKey("resume.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    company_name: Mapped[str] = mapped_column(String(100))
    industry: Mapped[str | None] = mapped_column(String(10))
    sub_industry: Mapped[str | None] = mapped_column(String(10))
    sido: Mapped[str | None] = mapped_column(String(10))
    sigungu: Mapped[str | None] = mapped_column(String(40))
    work_country: Mapped[str | None] = mapped_column(String(3))
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    is_current: Mapped[bool]
    company_department: Mapped[str] = mapped_column(String(100))
    rank: Mapped[str | None] = mapped_column(String(10))
    rank_other: Mapped[str] = mapped_column(String(50))
    job_title: Mapped[str | None] = mapped_column(String(10))
    duties: Mapped[str] = mapped_column(Text)
    leave_reason: Mapped[str | None] = mapped_column(String(20))
    leave_reason_other: Mapped[str] = mapped_column(String(100))
    second_texts: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
